import { FeedError } from '../feedError.js';
import type { FeedRow } from '../mapping/rowMapper.js';
import { rowOfText } from '../ndjsonFeedFormat.js';
import type { OrderedRow } from './orderedRows.js';
import type { ReadTable } from './readTable.js';

/** How the rows of a table become rows of a feed. */
export interface TableRows {
  readonly table: ReadTable;
  /** Columns that the mapping names. */
  readonly columns: readonly string[];
}

/**
 * Returns a row of a table as a row of a feed.
 * @param line number of the row in the reading, from 1
 */
export function tableRow({ json, place, isTooLong }: OrderedRow, line: number, { table, columns }: TableRows): FeedRow {
  const name = table.order.map((column, index) => `${column.name} ${place[index] ?? ''}`).join(', ');
  const start = { offset: line - 1, line };
  if (isTooLong) {
    const issue = { code: 'too-long', detail: 'is longer than a row may be' } as const;
    return { cells: [], issue, name, start, next: { offset: line, line: line + 1 }, raw: () => `${json}…` };
  }
  // A value of the type json is written as it was stored. Line breaks can only be between its parts.
  return { ...rowOfText(json.replaceAll(/[\r\n]/g, ' '), columns, start), name };
}

/** @throws {FeedError} if a column has gone since the reading began: its rows would count as empty there */
export function mustHaveColumns(row: FeedRow | undefined, { what, columns }: ReadTable, feed: string): void {
  const { value } = row ?? {};
  if (value === undefined || row?.issue !== undefined) return;
  const gone = columns.find((column) => !Object.hasOwn(value, column));
  if (gone === undefined) return;
  throw new FeedError(
    'rows-failed',
    `The feed ${feed} was changed while it was read: ${what} has no column ${gone} any more.`,
    ['Correct the mapping if it needs that column, and start a new run; otherwise resume this one.'],
  );
}
