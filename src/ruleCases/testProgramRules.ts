import { DateTime } from 'luxon';
import { lintRules, loadProgramRules } from '../rules/index.js';
import type { ProgramRules, RuleFinding } from '../rules/index.js';
import { CaseOrg } from './caseOrg.js';
import type { CaseOrgOptions } from './caseOrg.js';
import { caseNameIssues } from './caseNameIssues.js';
import type { ReadCases } from './readRuleCases.js';
import { casesInReadingOrder, RuleCaseError } from './ruleCaseError.js';
import { ruleCoverage } from './ruleCoverage.js';
import type { RuleCoverage } from './ruleCoverage.js';
import { runRuleCase } from './runRuleCase.js';
import type { RuleCaseResult } from './runRuleCase.js';
import { testMutants } from './testMutants.js';
import type { MutantReport } from './testMutants.js';

export interface RuleTestOptions extends CaseOrgOptions {
  readonly cases: ReadCases;
  /** Called after each case. */
  readonly onResult?: (result: RuleCaseResult) => void;
  /** Whether the cases also run against mutants of the rules. */
  readonly mutates?: boolean;
  /** `yyyy-MM-dd`, for rules that have ended. Default: today. */
  readonly today?: string;
  /** When it is aborted, no further case begins, and the report is about those that have ended. */
  readonly signal?: AbortSignal;
}

export interface RuleTestReport {
  readonly results: readonly RuleCaseResult[];
  readonly coverage: RuleCoverage;
  /** Likely mistakes in the rules. */
  readonly findings: readonly RuleFinding[];
  /** Undefined if none were asked for, or a case has failed without any. */
  readonly mutants: MutantReport | undefined;
}

/**
 * Runs cases against the rules of a program in a local org of their own.
 * @throws {RuleCaseError} with all mistakes of the cases, also what they name and the program or its rules do not have
 * @throws {RulesSourceError | SourceError | ProgramCreationError}
 */
export async function testProgramRules(options: RuleTestOptions): Promise<RuleTestReport> {
  const { cases: read, mutates = false, today = DateTime.now().toISODate(), signal, ...orgOptions } = options;
  const { definition, source } = orgOptions;
  const rules = await rulesFor(definition.name, [source].flat());
  const issues = [...read.issues, ...read.cases.flatMap((each) => caseNameIssues(each, { definition, rules }))];
  if (issues.length > 0) throw new RuleCaseError(casesInReadingOrder(issues));
  const results = await runCases(options);
  const coverage = ruleCoverage(
    rules,
    results.flatMap(({ traces }) => traces),
  );
  const isMutated = mutates && !signal?.aborted && results.every(({ failures }) => failures.length === 0);
  return {
    ...{ results, coverage, findings: lintRules(rules, today) },
    mutants: isMutated ? await testMutants({ rules, results, org: orgOptions, signal }) : undefined,
  };
}

async function runCases({
  cases: { cases },
  onResult,
  signal,
  ...options
}: RuleTestOptions): Promise<RuleCaseResult[]> {
  await using org = await CaseOrg.start(options);
  const results: RuleCaseResult[] = [];
  for (const each of cases) {
    if (signal?.aborted) break;
    const result = await runRuleCase(org, each);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function rulesFor(program: string, folders: readonly string[]): Promise<ProgramRules> {
  const all = (await Promise.all(folders.map((folder) => loadProgramRules(folder)))).flat();
  const found = all.find(({ label }) => label.toLowerCase() === program.toLowerCase());
  if (found) return found;
  const message = `has no rules of the program ${program}`;
  throw new RuleCaseError(
    [{ file: folders.join(', '), message }],
    ['Check that the label of the rules is the name of the program in the definition.'],
  );
}
