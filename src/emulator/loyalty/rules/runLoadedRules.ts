import { ProcessRunner } from '../../../rules/index.js';
import type { OutsideRules, ProcessTrace, ProgramRules } from '../../../rules/index.js';
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
  const { org } = context;
  const world = new OrgRuleWorld(context, journals);
  const clock = { now: org.clock.now(), timeZone: org.settings.timeZone };
  const runner = new ProcessRunner({ rules, world, outside, clock, execution });
  return runner.run(journals.map((journal) => ruleJournal(journal, context)));
}
