/** What a part of the tests has printed, and whether it failed. */
export interface TestPart {
  readonly name: string;
  readonly hasFailed: boolean;
  readonly output: string;
}

const closing = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/;

/** Adds up the closing lines of the reporter. A part that failed without a failed test, such as the checks, counts as one. */
export function testTotals(parts: readonly TestPart[]): string {
  const counts = parts.map(({ output, hasFailed }) => {
    const [passed = 0, failed = 0, skipped = 0] =
      closing
        .exec(output)
        ?.slice(1)
        .map((each?: string) => Number(each ?? 0)) ?? [];
    return { passed, failed: failed === 0 && hasFailed ? 1 : failed, skipped };
  });
  const sum = (key: 'passed' | 'failed' | 'skipped'): number => counts.reduce((total, each) => total + each[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
