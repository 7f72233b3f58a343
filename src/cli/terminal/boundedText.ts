import { printable, printableLines } from '../../base/text/printable.js';
import { shortText } from '../../base/text/shortText.js';
import { countText } from './terminalText.js';

/** A sentence has values of 500 characters; a command to paste has paths, and must be whole. */
const longestLine = 10_000;
const mostLines = 200;

/** Returns one value, such as a cell, cut to a length that is safe to print. */
export function shownValue(text: string): string {
  return printable(shortText(text));
}

/** One line for people. */
export function shownLine(text: string): string {
  return printable(shortText(text, longestLine));
}

/** A message for people, which may have lines. */
export function shownLines(text: string): string {
  const lines = shortText(text, longestLine * 10).split(/\r?\n/);
  const more = lines.length > mostLines ? [`… (${countText(lines.length - mostLines)} more lines)`] : [];
  const shown = lines.slice(0, mostLines).map((line) => shortText(line, longestLine));
  return printableLines([...shown, ...more].join('\n'));
}
