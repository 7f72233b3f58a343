import { CsvReader } from '../base/csv/csv.js';
import type { CsvRow } from '../base/csv/csv.js';
import { isBlankRow } from '../base/csv/csvRow.js';
import type { Feed } from './feed.js';
import { FeedError } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import { feedOf, rowsOf } from './readFeed.js';
import type { OpenFormat, OpenTable } from './readFeed.js';
import { fileSource, streamSource } from './bytes/byteSource.js';
import type { ByteSource, ByteStream } from './bytes/byteSource.js';

/** A feed from a CSV file with a header line, or from a stream of such bytes. */
export function csvFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return csvFeedOf(typeof source === 'string' ? fileSource(source) : streamSource(() => source), mapping);
}

export function csvFeedOf(source: ByteSource, mapping: Mapping): Feed {
  return feedOf(source, mapping, openCsv(source.name, mapping));
}

function openCsv(feed: string, mapping: Mapping): OpenFormat<CsvRow> {
  const { delimiter } = mapping;
  return async ({ front, rest }, from) => {
    const iterator = rowsOf(new CsvReader({ delimiter }), from === undefined ? rest : front)[Symbol.asyncIterator]();
    const { header, rest: rows } = await firstRow(iterator);
    const columns = columnsOf(header, feed);
    const texts = textsBy(columns, mapping);
    if (from === undefined) return { columns, hasHeader: true, ...texts, rows: continued(rows, iterator) };
    await iterator.return?.();
    const reader = new CsvReader({ delimiter, at: from, columns: columns.length });
    return { columns, hasHeader: true, ...texts, rows: rowsOf(reader, rest) };
  };
}

async function firstRow(iterator: AsyncIterator<CsvRow[]>): Promise<{ header?: CsvRow | undefined; rest: CsvRow[] }> {
  for (;;) {
    const result = await iterator.next();
    if (result.done) return { rest: [] };
    const [header, ...rest] = result.value;
    if (header !== undefined) return { header, rest };
  }
}

async function* continued(first: CsvRow[], iterator: AsyncIterator<CsvRow[]>): AsyncIterable<CsvRow[]> {
  try {
    yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function columnsOf(header: CsvRow | undefined, feed: string): string[] {
  if (header === undefined)
    throw new FeedError(
      'no-header',
      `The feed ${feed} is empty: it needs a header line with the names of its columns.`,
      ['Look at what has written it: a feed without rows still has its header.'],
    );
  if (/^\s*[[{]\s*(["[{]|$)/.test(header.raw()))
    throw new FeedError('unknown-format', `The feed ${feed} is read as CSV, but begins like JSON.`, [
      'Write one JSON object in each line, and give the file the ending .ndjson or .jsonl.',
    ]);
  if (header.fault !== undefined)
    throw new FeedError('no-header', `The header in line ${header.start.line} of ${feed} ${header.fault.detail}.`, [
      `Correct line ${header.start.line} of ${feed}.`,
    ]);
  return header.cells.map((cell) => cell?.trim() ?? '');
}

function textsBy(
  columns: readonly string[],
  mapping: Mapping,
): Pick<OpenTable<CsvRow>, 'isVoid' | 'json' | 'wholeText'> {
  const { delimiter = ',', key } = mapping;
  const lastOfKey = Math.max(...key.columns.map((column) => columns.indexOf(column)));
  return {
    isVoid: (row) => isBlankRow(row, delimiter) || isHeader(row, columns),
    json: ({ cells }) =>
      JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, cells[index]?.trim() ?? '']))),
    // A line that ends before the columns of the key do has been torn: what is missing may be its key.
    wholeText: (row) => {
      if (row.fault?.code === 'too-long') return undefined;
      const text = row.raw();
      return text.split(delimiter, lastOfKey + 2).length > lastOfKey + 1 ? text : undefined;
    },
  };
}

/** The header again, as where files were joined; in front of it may be the byte-order mark of the second file. */
function isHeader({ cells }: CsvRow, columns: readonly string[]): boolean {
  return cells.length === columns.length && cells.every((cell, index) => cell?.trim() === columns[index]);
}
