import type { TestedCase, TestProgramResult } from './results/ruleTestResults.js';

type Coverage = TestProgramResult['coverage'];
type Finding = TestProgramResult['findings'][number];
type Mutants = NonNullable<TestProgramResult['mutants']>;

/** What a test of rules found out, besides the cases. */
interface FoundOut {
  readonly coverage: Omit<Coverage, 'uncovered'> & { readonly uncovered: readonly Coverage['uncovered'][number][] };
  readonly findings: readonly (Pick<Finding, 'code' | 'level' | 'message'> & {
    readonly place: Pick<Finding, 'file' | 'line'>;
  })[];
  readonly mutants:
    | (Readonly<Omit<Mutants, 'unnoticed'>> & { readonly unnoticed: readonly Mutants['unnoticed'][number][] })
    | undefined;
}

/** Returns the report of a test of rules as `--json` has it. */
export function ruleTestResult(
  program: string,
  records: readonly TestedCase[],
  { coverage, findings, mutants }: FoundOut,
): TestProgramResult {
  const failed = records.filter(({ status }) => status === 'failed').length;
  return {
    program,
    records: [...records],
    counts: { passed: records.length - failed, failed },
    coverage: { ...coverage, uncovered: [...coverage.uncovered] },
    findings: findings.map(({ code, level, message, place }) => ({ code, level, message, ...place })),
    mutants: mutants ? { ...mutants, unnoticed: mutants.unnoticed.map(mutantOf) } : null,
  };
}

/** Without the rules that a mutant has. */
function mutantOf(mutant: Mutants['unnoticed'][number]): Mutants['unnoticed'][number] {
  const { process, rule, condition, sequence, field, operator, mutated, file, line } = mutant;
  return { process, rule, condition, sequence, field, operator, mutated, file, line };
}
