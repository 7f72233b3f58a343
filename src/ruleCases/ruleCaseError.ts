import { correctFiles, issuesMessage } from '../base/text/issuesMessage.js';

/** A place in a file of cases. Lines begin with 1. */
export interface CasePlace {
  readonly file: string;
  readonly line: number;
}

/** A mistake in a file of cases, or what is wrong with a whole file or folder. */
export interface CaseIssue {
  readonly file: string;
  /** Absent if it is not about a line. */
  readonly line?: number | undefined;
  /** A clause without a full stop. */
  readonly message: string;
}

/** Puts issues in the order of a reader: by file, then by line. */
export function casesInReadingOrder(issues: readonly CaseIssue[]): CaseIssue[] {
  const files = [...new Set(issues.map(({ file }) => file))].sort();
  return issues.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

/** All mistakes in files of cases. */
export class RuleCaseError extends Error {
  override readonly name = 'RuleCaseError';
  readonly actions: readonly string[];

  constructor(
    readonly issues: readonly CaseIssue[],
    actions?: readonly string[],
  ) {
    super(
      issuesMessage(
        'The cases',
        issues.map(({ file, line, message }) => `${file}${line === undefined ? '' : `, line ${line}`}: ${message}`),
      ),
    );
    this.actions = actions ?? [correctFiles(issues.map(({ file }) => file))];
  }
}
