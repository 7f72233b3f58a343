import { actionsIn } from '../rules/index.js';
import type { ProcessTrace, ProgramRules, StepTrace } from '../rules/index.js';
import { CaseOrg } from './caseOrg.js';
import type { CaseOrgOptions } from './caseOrg.js';
import type { RuleCase } from './readRuleCases.js';
import { ruleMutants } from './ruleMutants.js';
import type { RuleMutant } from './ruleMutants.js';
import { runRuleCase } from './runRuleCase.js';
import type { RuleCaseResult } from './runRuleCase.js';

/** How many mutants the cases notice: at least one of them fails. */
export interface MutantReport {
  readonly total: number;
  readonly noticed: number;
  readonly unnoticed: readonly RuleMutant[];
}

interface MutantOptions {
  readonly rules: ProgramRules;
  /** Of the cases with the rules as they are. All have passed. */
  readonly results: readonly RuleCaseResult[];
  readonly org: CaseOrgOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the cases against each mutant: those that have evaluated its condition, until one fails. */
export async function testMutants({ rules, results, org, signal }: MutantOptions): Promise<MutantReport> {
  const cases = new Map(results.map((result) => [result.case, new Set(result.traces.flatMap(judgedIn))]));
  const mutants = ruleMutants(rules);
  const unnoticed: RuleMutant[] = [];
  let total = 0;
  for (const mutant of mutants) {
    if (signal?.aborted) break;
    const key = keyOf(mutant.process, mutant.rule, mutant.condition);
    const concerned = [...cases].flatMap(([each, judged]) => (judged.has(key) ? [each] : []));
    if (!(await isNoticed(mutant, concerned, org))) unnoticed.push(mutant);
    total += 1;
  }
  return { total, noticed: total - unnoticed.length, unnoticed };
}

async function isNoticed({ rules }: RuleMutant, cases: readonly RuleCase[], options: CaseOrgOptions): Promise<boolean> {
  if (cases.length === 0) return false;
  await using org = await CaseOrg.start({ ...options, rules: [rules] });
  for (const each of cases) {
    const { failures } = await runRuleCase(org, each);
    if (failures.length > 0) return true;
  }
  return false;
}

/** The conditions that were evaluated, also in processes that rules ran. Those of eligibility always were. */
function judgedIn({ process, barred, rules }: ProcessTrace): string[] {
  if (!process) return [];
  const ofEligibility = process.eligibility.flatMap((rule) =>
    rule.steps.map((step) => keyOf(process.name, rule.name, step.name)),
  );
  const ofRules = [...(barred ? [barred] : []), ...rules].flatMap(({ rule, steps }) => [
    ...conditionsIn(steps).map((condition) => keyOf(process.name, rule.name, condition)),
    ...actionsIn(steps).flatMap((action) => (action.process ? judgedIn(action.process) : [])),
  ]);
  return [...ofEligibility, ...ofRules];
}

function conditionsIn(steps: readonly StepTrace[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [];
    const conditions = step.kind === 'group' ? step.conditions : [step];
    return conditions.flatMap(({ step: { name }, children }) => [name, ...conditionsIn(children)]);
  });
}

function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names);
}
