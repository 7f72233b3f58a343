import { counted } from '../../base/text/counted.js';
import type { RuleIssue } from '../programRules.js';

/** How many mistakes a message lists. */
const mostShown = 50;

/** Rules cannot be loaded. The message lists all mistakes, each with its file and line. */
export class RulesSourceError extends Error {
  override readonly name = 'RulesSourceError';

  /** @param actions what a person can do about them, where the messages do not say it */
  constructor(
    readonly issues: readonly RuleIssue[],
    readonly actions: readonly string[] = [],
  ) {
    const lines = issues.slice(0, mostShown).map(issueText);
    const more = issues.length - lines.length;
    if (more > 0) lines.push(`and ${more.toLocaleString('en-US')} more`);
    const said = issues.length === 1 ? 'a mistake' : counted(issues.length, 'mistake');
    super(`The rules have ${said}:\n${lines.join('\n')}`);
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
