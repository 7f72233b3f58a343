import { counted } from '../base/text/counted.js';

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

const mostShown = 50;

/** All mistakes in files of cases. */
export class RuleCaseError extends Error {
  override readonly name = 'RuleCaseError';
  readonly actions: readonly string[];

  constructor(
    readonly issues: readonly CaseIssue[],
    actions?: readonly string[],
  ) {
    super(messageOf(issues));
    const files = new Set(issues.map(({ file }) => file));
    this.actions = actions ?? [`Correct ${files.size === 1 ? [...files].join() : 'the files'}, then try again.`];
  }
}

function messageOf(issues: readonly CaseIssue[]): string {
  const lines = issues.slice(0, mostShown).map(({ file, line, message }) => `${file}, line ${line}: ${message}`);
  if (issues.length === 1) return lines.join().replace(/[^?]$/, '$&.');
  const more = issues.length - lines.length;
  const rest = more > 0 ? [`… and ${counted(more, 'more issue')}.`] : [];
  return [`The cases have ${counted(issues.length, 'issue')}:`, ...lines, ...rest].join('\n');
}
