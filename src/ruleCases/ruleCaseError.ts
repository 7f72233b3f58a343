import { correctFiles, issuesMessage } from '../base/text/issuesMessage.js';

/** A place in a file of cases. Lines begin with 1. */
export interface CasePlace {
  readonly file: string;
  readonly line: number;
}

/** A mistake in a file of cases. */
export interface CaseIssue extends CasePlace {
  /** A clause without a full stop. */
  readonly message: string;
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
        issues.map(({ file, line, message }) => `${file}, line ${line}: ${message}`),
      ),
    );
    this.actions = actions ?? [correctFiles(issues.map(({ file }) => file))];
  }
}
