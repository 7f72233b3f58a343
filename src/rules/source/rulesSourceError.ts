import { issuesMessage } from '../../base/text/issuesMessage.js';
import type { RuleIssue } from '../programRules.js';

/** Rules cannot be loaded. The message lists all mistakes, each with its file and line. */
export class RulesSourceError extends Error {
  override readonly name = 'RulesSourceError';

  /** @param actions what a person can do about them, where the messages do not say it */
  constructor(
    readonly issues: readonly RuleIssue[],
    readonly actions: readonly string[] = [],
  ) {
    super(issuesMessage('The rules', issues.map(issueText)));
  }
}

/** Returns `file:line: message`, which editors and terminals turn into a link. */
export function issueText({ place, message }: RuleIssue): string {
  return `${place.file}:${place.line}: ${message}`;
}

/** Puts issues in the order of a reader: by file, then by line. */
export function inReadingOrder(issues: readonly RuleIssue[]): RuleIssue[] {
  return issues.toSorted((a, b) =>
    a.place.file === b.place.file ? a.place.line - b.place.line : a.place.file < b.place.file ? -1 : 1,
  );
}
