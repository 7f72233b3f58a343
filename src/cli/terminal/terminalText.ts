import { printable } from '../../base/text/printable.js';

/** Columns of the terminal; where there is none, such as in a log, those that COLUMNS names, or 100. */
export const terminalColumns = process.stdout.columns || Number(process.env['COLUMNS']) || 100;

/** Columns that people's text may have: those of the terminal, but no more than can be read well. */
export const columns = Math.min(terminalColumns, 100);

/** A bar of 20 blocks, or of 10 where columns are few. Progress past the target is a full bar. */
export function bar(percent: number, available = columns): string {
  const width = available < 100 ? 10 : 20;
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** `███████████████░░░░░  75 %`, or a dash where there is no target. Percentages below each other are aligned. */
export function progressText(percent: number | null, available = columns): string {
  return percent === null ? '–' : `${bar(percent, available)} ${String(Math.floor(percent)).padStart(3)} %`;
}

/** A number with the thousands of the reader's locale; a dash for none. */
export function countText(count: number | null | undefined): string {
  return count?.toLocaleString() ?? '–';
}

/** A date such as `2026-04-03` or a date-time in the reader's locale; a dash for none. */
export function dateText(date: string | null | undefined): string {
  if (!date) return '–';
  const time = new Date(date.length === 10 ? `${date}T00:00:00` : date);
  return Number.isNaN(time.getTime()) ? date : time.toLocaleDateString();
}

/** A sentence as lines that fit, those after the first further in. A word that is longer stays whole. */
export function wrapped(sentence: string, indent: string, available = columns): string[] {
  // As wide as it will be shown.
  const [first = '', ...words] = printable(sentence).split(' ');
  const lines: string[] = [];
  let line = indent + first;
  for (const word of words) {
    if (line.length + 1 + word.length <= available) line += ` ${word}`;
    else {
      lines.push(line);
      line = `${indent}  ${word}`;
    }
  }
  return [...lines, line];
}
