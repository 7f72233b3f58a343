import { ProcessRunner } from '../../../rules/index.js';
import type {
  CalledProcess,
  OutsideRules,
  ProcessTrace,
  ProgramRules,
  RuleProcess,
  RuleValue,
} from '../../../rules/index.js';
import type { StoredJournal } from '../journalReader.js';
import { OrgRuleWorld, ruleJournal } from './orgRuleWorld.js';
import type { RuleActionContext } from './actions/ruleAction.js';

export interface RulesRun {
  readonly rules: ProgramRules;
  readonly outside: OutsideRules;
  readonly journals: readonly StoredJournal[];
  readonly execution: 'RealTime' | 'Batch';
}

/**
 * Runs the loaded rules of a program for the journals of one request. The books of the context are saved by the caller.
 * @throws {ProcessFailedError} with the traces up to the failure
 */
export function runLoadedRules(
  context: RuleActionContext,
  { rules, outside, journals, execution }: RulesRun,
): ProcessTrace[] {
  const runner = runnerFor(context, { rules, outside, journals, execution });
  return runner.run(journals.map((journal) => ruleJournal(journal, context)));
}

/** A process that is called by its name. */
export interface RulesCall extends Pick<RulesRun, 'rules' | 'outside'> {
  readonly process: RuleProcess;
  /** What it is called for: a stored journal, or one that only names the member. */
  readonly journal: StoredJournal;
  readonly inputs: ReadonlyMap<string, RuleValue>;
}

/**
 * Runs the rules of a process that is called by its name. The books of the context are saved by the caller.
 * @throws {ProcessFailedError}
 */
export function callLoadedRules(
  context: RuleActionContext,
  { process, journal, inputs, ...rules }: RulesCall,
): CalledProcess {
  const runner = runnerFor(context, { ...rules, journals: [journal], execution: 'RealTime' });
  return runner.call(process, ruleJournal(journal, context), inputs);
}

function runnerFor(context: RuleActionContext, { rules, outside, journals, execution }: RulesRun): ProcessRunner {
  const { clock, settings } = context.org;
  const world = new OrgRuleWorld(context, journals);
  const formulas = { now: clock.now(), timeZone: settings.timeZone };
  return new ProcessRunner({ rules, world, outside, clock: formulas, execution });
}
