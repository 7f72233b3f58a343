import { counted } from '../text/counted.js';
import type { Mark, RowIssue } from '../rowBytes.js';

export type CsvIssueCode =
  'unclosed-quote' | 'text-after-quote' | 'stray-quote' | 'column-count' | 'too-long' | 'not-utf8';

export type CsvIssue = RowIssue<CsvIssueCode>;

/** One row, or one physical line that is not a row. */
export interface CsvRow {
  /** Cells of the row. Empty if the line is not a row. A cell that is not UTF-8 is null. */
  readonly cells: readonly (string | null)[];
  readonly issue?: CsvIssue | undefined;
  readonly start: Mark;
  /** Position after the row. */
  readonly next: Mark;
  /** Returns the row's text as in the file. */
  raw(): string;
}

export const tooLong: CsvIssue = { code: 'too-long', detail: 'is longer than a row may be' };

/** @param text of the row */
export function wrongCount(found: number, expected: number, text: string): CsvIssue {
  const hint = /\r(?!\n)/.test(text) ? ', and a carriage return (CR) alone, which does not end a line' : '';
  return {
    code: 'column-count',
    detail: `has ${counted(found, 'cell')}, but ${expected} ${expected === 1 ? 'is' : 'are'} expected${hint}`,
  };
}

export function notClosed(maxLines: number): CsvIssue {
  return { code: 'unclosed-quote', detail: `opens a quote that is not closed (a row may have ${maxLines} lines)` };
}

export const textAfterQuote: CsvIssue = {
  code: 'text-after-quote',
  detail: 'has text between a closing quote and the end of its cell',
};

export const quoteAfterMark: CsvIssue = {
  code: 'stray-quote',
  detail:
    'begins with a byte-order mark, as in joined files, which makes its quotes ordinary characters (remove the mark)',
};

export const strayQuote: CsvIssue = {
  code: 'stray-quote',
  detail: 'has a quote in a cell that does not begin with one (quote the cell and double the quote)',
};

/**
 * Returns whether a row has nothing but separators, whatever their number. Spreadsheets write such rows after the last
 * one.
 */
export function isBlankRow(row: CsvRow, delimiter: string): boolean {
  if (row.issue === undefined) return row.cells.every((cell) => cell?.trim() === '');
  if (row.issue.code !== 'column-count') return false;
  const cells = row.raw().split(delimiter);
  return cells.every((cell) => /^\s*(""\s*)?$/.test(cell));
}
