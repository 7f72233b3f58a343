import type { RuleTestReport } from '../ruleCases/index.js';
import type { TestedCase, TestProgramResult } from './results/ruleTestResults.js';

/** Returns the report of a test of rules as `--json` has it. */
export function ruleTestResult(
  program: string,
  records: readonly TestedCase[],
  { coverage, findings, mutants }: Pick<RuleTestReport, 'coverage' | 'findings' | 'mutants'>,
): TestProgramResult {
  const failed = records.filter(({ status }) => status === 'failed').length;
  return {
    program,
    records: [...records],
    counts: { passed: records.length - failed, failed },
    coverage: { ...coverage, uncovered: [...coverage.uncovered] },
    findings: findings.map(({ code, level, message, place }) => ({ code, level, message, ...place })),
    mutants: mutants
      ? { ...mutants, unnoticed: mutants.unnoticed.map(({ rules: _, ...mutant }) => mutant) }
      : null,
  };
}
