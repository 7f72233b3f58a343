import { terminalColumns } from './terminalText.js';

// With borders, a thousand rows take ten seconds and half a gigabyte. Tables of this many rows or more are plain text.
process.env['SF_TABLE_LIMIT'] ??= '100';

/** Tables fit the terminal. Nothing is cut off. */
export const tableLayout = { maxWidth: terminalColumns, overflow: 'wrap' } as const;

/** The same, no wider than 80 columns: for tables between sentences, which are not wider either. */
export const narrowTableLayout = { ...tableLayout, maxWidth: Math.min(terminalColumns, 80) } as const;

/** A column of numbers. */
export function numberColumn<K extends string>(key: K): { key: K; horizontalAlignment: 'right' } {
  return { key, horizontalAlignment: 'right' };
}
