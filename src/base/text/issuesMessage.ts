import { counted } from './counted.js';

/** How many issues a message lists. */
const mostShown = 50;

/**
 * Returns the message of an error that lists mistakes: one of them as a sentence, several below each other.
 * @param subject such as `The definition`, or `The rules`
 * @param lines one for each mistake, a clause without a full stop
 */
export function issuesMessage(subject: string, lines: readonly string[]): string {
  const [first = ''] = lines;
  if (lines.length === 1) return /[.?]$/.test(first) ? first : `${first}.`;
  const more = lines.length - mostShown;
  const rest = more > 0 ? [`… and ${counted(more, 'more issue')}.`] : [];
  return [
    `${subject} ${subject.endsWith('s') ? 'have' : 'has'} ${counted(lines.length, 'issue')}:`,
    ...lines.slice(0, mostShown),
    ...rest,
  ].join('\n');
}

/** Returns what to do about mistakes in these files. */
export function correctFiles(files: Iterable<string>): string {
  const all = new Set(files);
  return `Correct ${all.size === 1 ? [...all].join() : 'the files'}, then try again.`;
}
