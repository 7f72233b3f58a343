import { printable } from '../../base/text/printable.js';

/** Columns of the terminal. Without a terminal, such as in a log: COLUMNS, or 80. */
export const terminalColumns = process.stdout.columns || Number(process.env['COLUMNS']) || 80;

/** Columns for text: those of the terminal, but no more than is easy to read. */
export const columns = Math.min(terminalColumns, 100);

/** Returns a bar of 20 blocks, or 10 if there are few columns. Progress past the target is a full bar. */
export function bar(percent: number, available = columns): string {
  const width = available < 100 ? 10 : 20;
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** Returns `███████████████░░░░░  75 %`, or a dash if there is no target. Percentages in a column are aligned. */
export function progressText(percent: number | null, available = columns): string {
  return percent === null ? '–' : `${bar(percent, available)} ${String(Math.floor(percent)).padStart(3)} %`;
}

/** Formats a number as the English sentences around it do, such as `1,250.5`. A missing number is a dash. */
export function countText(count: number | null | undefined): string {
  return count?.toLocaleString('en-US', { maximumFractionDigits: 4 }) ?? '–';
}

/** Formats a date such as `2026-04-03` or a date-time in the reader's locale. A missing date is a dash. */
export function dateText(date: string | null | undefined): string {
  if (!date) return '–';
  const time = new Date(date.length === 10 ? `${date}T00:00:00` : date);
  return Number.isNaN(time.getTime()) ? date : time.toLocaleDateString();
}

/**
 * Wraps a sentence into lines that fit, and indents all but the first further. A word longer than a line is not split.
 */
export function wrapped(sentence: string, indent: string, available = columns): string[] {
  // The width that will be shown.
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
