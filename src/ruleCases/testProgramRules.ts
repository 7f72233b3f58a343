import { loadProgramRules } from '../rules/index.js';
import type { ProgramRules } from '../rules/index.js';
import { CaseOrg } from './caseOrg.js';
import type { CaseOrgOptions } from './caseOrg.js';
import { caseNameIssues } from './caseNameIssues.js';
import type { RuleCase } from './readRuleCases.js';
import { RuleCaseError } from './ruleCaseError.js';
import { ruleCoverage } from './ruleCoverage.js';
import type { RuleCoverage } from './ruleCoverage.js';
import { runRuleCase } from './runRuleCase.js';
import type { RuleCaseResult } from './runRuleCase.js';

export interface RuleTestOptions extends CaseOrgOptions {
  readonly cases: readonly RuleCase[];
  /** Called after each case. */
  readonly onResult?: (result: RuleCaseResult) => void;
  /** When it is aborted, no further case begins. */
  readonly signal?: AbortSignal;
}

export interface RuleTestReport {
  readonly results: readonly RuleCaseResult[];
  readonly coverage: RuleCoverage;
}

/**
 * Runs cases against the rules of a program in a local org of their own.
 * @throws {RuleCaseError} if a case names something that the program or its rules do not have
 * @throws {RulesSourceError | SourceError | ProgramCreationError}
 */
export async function testProgramRules(options: RuleTestOptions): Promise<RuleTestReport> {
  const { cases, onResult, signal, ...orgOptions } = options;
  const { definition, source } = orgOptions;
  const rules = await rulesFor(definition.name, [source].flat());
  const issues = cases.flatMap((each) => caseNameIssues(each, { definition, rules }));
  if (issues.length > 0) throw new RuleCaseError(issues);
  await using org = await CaseOrg.start(orgOptions);
  const results: RuleCaseResult[] = [];
  for (const each of cases) {
    if (signal?.aborted) break;
    const result = await runRuleCase(org, each);
    results.push(result);
    onResult?.(result);
  }
  const coverage = ruleCoverage(
    rules,
    results.flatMap(({ traces }) => traces),
  );
  return { results, coverage };
}

async function rulesFor(program: string, folders: readonly string[]): Promise<ProgramRules> {
  const all = (await Promise.all(folders.map((folder) => loadProgramRules(folder)))).flat();
  const found = all.find(({ label }) => label.toLowerCase() === program.toLowerCase());
  if (found) return found;
  const message = `has no rules of the program ${program}`;
  throw new RuleCaseError(
    [{ file: folders.join(', '), line: 1, message }],
    ['Check that the label of the rules is the name of the program in the definition.'],
  );
}
