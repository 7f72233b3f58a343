// Drawn with borders, a thousand rows take ten seconds and half a gigabyte. From this many on, tables are plain text.
process.env['SF_TABLE_LIMIT'] ??= '100';

/** Tables fit the terminal, or 100 columns where there is none, such as in a log. Nothing is cut off. */
export const tableLayout = { maxWidth: process.stdout.columns || 100, overflow: 'wrap' } as const;

/** A column of numbers. */
export function numbers<K extends string>(key: K): { key: K; horizontalAlignment: 'right' } {
  return { key, horizontalAlignment: 'right' };
}
