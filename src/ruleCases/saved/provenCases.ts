import { stringify } from 'yaml';
import { parseRuleCases } from '../readRuleCases.js';
import { testProgramRules } from '../testProgramRules.js';
import type { RuleTestOptions } from '../testProgramRules.js';
import type { RecordedCase } from './caseRecorder.js';

/** Cases as a file has them, and those that would not pass. */
export interface ProvenCases {
  /** YAML. Undefined if no case passes. */
  readonly text: string | undefined;
  readonly cases: number;
  readonly leftOut: readonly { readonly member: string; readonly reason: string }[];
}

const none: ProvenCases = { text: undefined, cases: 0, leftOut: [] };

/**
 * Writes recorded cases as YAML, and runs them against the same rules. Those that do not pass are left out: a case stands
 * alone, so a member whose points were in escrow, or whose request failed because of another member, has none. If the
 * signal ends the test, no case is proven.
 * @throws {RuleCaseError | RulesSourceError | SourceError | ProgramCreationError}
 */
export async function provenCases(
  file: string,
  recorded: readonly RecordedCase[],
  options: Omit<RuleTestOptions, 'cases'>,
): Promise<ProvenCases> {
  if (recorded.length === 0) return none;
  const { results } = await testProgramRules({ ...options, cases: parseRuleCases(file, caseText(recorded)) });
  if (options.signal?.aborted) return none;
  const judged = results.flatMap(({ failures }, index) => {
    const each = recorded[index];
    return each ? [{ each, reason: failures.map(({ message }) => message).join('; ') }] : [];
  });
  const passed = judged.flatMap(({ each, reason }) => (reason === '' ? [each] : []));
  const leftOut = judged.flatMap(({ each: { member }, reason }) => (reason === '' ? [] : [{ member, reason }]));
  const text = passed.length === 0 ? undefined : caseText(passed);
  return { text, cases: passed.length, leftOut };
}

function caseText(recorded: readonly RecordedCase[]): string {
  return stringify(
    { cases: recorded.map(({ shape }) => shape) },
    { compat: 'yaml-1.1', singleQuote: true, lineWidth: 0, aliasDuplicateObjects: false },
  );
}
