import { CsvReader } from '../base/csv/csv.js';
import type { CsvRow } from '../base/csv/csv.js';
import { isBlankRow } from '../base/csv/csvRow.js';
import { FeedError } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import { continued } from './bytes/chunksHead.js';
import { delimiterLine } from './delimiterLine.js';
import { rowsOf } from './rowFormat.js';
import type { FormattedBytes, OpenTable } from './rowFormat.js';

/** CSV with a header line, before which Excel may have named the delimiter (`sep=;`). */
export async function csvFormat({ feed, mapping, bytes, from }: FormattedBytes): Promise<OpenTable<CsvRow>> {
  const { named, at, chunks } = await delimiterLine(from === undefined ? bytes.rest : bytes.front);
  const delimiter = mapping.delimiter ?? named;
  const first = new CsvReader({ delimiter, at });
  const iterator = rowsOf(first, chunks)[Symbol.asyncIterator]();
  const { header, rest: rows } = await firstRow(iterator);
  const columns = columnsOf(header, feed);
  const texts = textsBy(columns, { key: mapping.key, group: mapping.group, delimiter });
  if (from === undefined) return { columns, hasHeader: true, ...texts, rows: continued(rows, iterator) };
  await iterator.return?.();
  const reader = new CsvReader({ delimiter, at: from, columns: columns.length });
  return { columns, hasHeader: true, ...texts, rows: rowsOf(reader, bytes.rest) };
}

async function firstRow(iterator: AsyncIterator<CsvRow[]>): Promise<{ header?: CsvRow | undefined; rest: CsvRow[] }> {
  for (;;) {
    const result = await iterator.next();
    if (result.done) return { rest: [] };
    const [header, ...rest] = result.value;
    if (header !== undefined) return { header, rest };
  }
}

function columnsOf(header: CsvRow | undefined, feed: string): string[] {
  if (header === undefined)
    throw new FeedError(
      'no-header',
      `The feed ${feed} is empty: it needs a header line with the names of its columns.`,
      ['Check the program that writes it: a feed without rows still needs its header.'],
    );
  if (/^\s*[[{]\s*(["[{]|$)/.test(header.raw()))
    throw new FeedError('unknown-format', `The feed ${feed} is read as CSV, but begins like JSON.`, [
      'Name the format: --format json for a list of objects, ndjson for one object in each line.',
    ]);
  if (header.issue !== undefined)
    throw new FeedError('no-header', `The header in line ${header.start.line} of ${feed} ${header.issue.detail}.`, [
      `Correct line ${header.start.line} of ${feed}.`,
    ]);
  return header.cells.map((cell) => cell?.trim() ?? '');
}

function textsBy(
  columns: readonly string[],
  mapping: Pick<Mapping, 'key' | 'group' | 'delimiter'>,
): Pick<OpenTable<CsvRow>, 'isVoid' | 'json' | 'wholeText'> {
  const { delimiter = ',', key, group } = mapping;
  const named = [...key.columns, ...(group?.columns ?? [])];
  const lastOfKey = Math.max(...named.map((column) => columns.indexOf(column)));
  return {
    isVoid: (row) => isBlankRow(row, delimiter) || isHeader(row, columns),
    json: ({ cells }) =>
      JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, cells[index]?.trim() ?? '']))),
    // A line that ends before the columns of the key is incomplete: the missing part may include its key.
    wholeText: (row) => {
      // What an expression would make of it cannot be told from a part of a text.
      if (row.issue?.code === 'too-long' || named.some((column) => !columns.includes(column))) return undefined;
      const text = row.raw();
      return text.split(delimiter, lastOfKey + 2).length > lastOfKey + 1 ? text : undefined;
    },
  };
}

/**
 * Returns whether a row repeats the header, as in joined files. The byte-order mark of the second file may precede it.
 */
function isHeader({ cells }: CsvRow, columns: readonly string[]): boolean {
  return cells.length === columns.length && cells.every((cell, index) => cell?.trim() === columns[index]);
}
