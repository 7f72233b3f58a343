import { nearest } from '../base/nearest.js';
import type { Mark } from '../base/rows.js';
import type { Feed, FeedEntry, ReadOptions } from './feed.js';
import { FeedError } from './feedError.js';
import type { Mapping } from './mapping.js';
import { RowMapper, type FeedRow, type Table } from './rowMapper.js';
import { chunksOf, type ByteSource } from './source.js';

/** Turns chunks into rows. */
export interface RowReader<Row extends FeedRow> {
  push(chunk: Uint8Array): Row[];
  end(): Row[];
}

/** The rows of a source from a place on, and what its columns are. */
export interface OpenTable<Row extends FeedRow> extends Pick<Table<Row>, 'columns' | 'fields'> {
  readonly rows: AsyncIterable<Row[]>;
}

/** A format of files: knows where its columns are named, and what a row is. */
export type OpenFormat<Row extends FeedRow> = (
  chunks: (offset: number) => AsyncIterable<Uint8Array>,
  from: Mark | undefined,
) => Promise<OpenTable<Row>>;

/** Entries that are delivered at once. */
const entriesAtOnce = 1000;

export function feedOf<Row extends FeedRow>(source: ByteSource, mapping: Mapping, open: OpenFormat<Row>): Feed {
  return {
    name: source.name,
    resumable: source.resumable,
    read: (options) => read(source, mapping, open, options),
  };
}

async function* read<Row extends FeedRow>(
  source: ByteSource,
  mapping: Mapping,
  open: OpenFormat<Row>,
  { from, endedGroups, signal, limit = Infinity }: ReadOptions,
): AsyncGenerator<FeedEntry[]> {
  const fingerprint = await source.fingerprint(from);
  const { columns, fields, rows } = await open((offset) => chunksOf(source, offset, signal), from?.group);
  checkColumns(mapping, columns, source.name);
  const mapper = new RowMapper(
    { mapping, feed: source.name, fingerprint, columns, fields },
    endedGroups,
    from?.group.rows ?? 0,
  );
  const last = (from?.rows ?? 0) + limit;
  for await (const block of rows) {
    for (let at = 0; at < block.length && mapper.rows < last;) {
      const slice = block.slice(at, at + Math.min(entriesAtOnce, last - mapper.rows));
      at += slice.length;
      const entries = await mapper.entries(slice);
      const fresh = from === undefined ? entries : entries.filter(({ position }) => position.offset > from.offset);
      if (fresh.length > 0) yield fresh;
      if (signal?.aborted) return;
    }
    if (mapper.rows >= last) return;
  }
}

/** Rows of a reader that is fed from chunks. */
export async function* rowsOf<Row extends FeedRow>(
  reader: RowReader<Row>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<Row[]> {
  for await (const chunk of chunks) yield reader.push(chunk);
  yield reader.end();
}

/** @throws FeedError naming the first column of the mapping that the feed does not have, or has twice */
function checkColumns(mapping: Mapping, columns: readonly string[], feed: string): void {
  for (const { column, line } of mapping.columns) {
    const first = columns.indexOf(column);
    if (first === -1) throw missingColumn(column, columns, `${mapping.name} line ${line}`, feed);
    const second = columns.indexOf(column, first + 1);
    if (second === -1) continue;
    throw new FeedError(
      'missing-column',
      `The column ${column}, which ${mapping.name} line ${line} names, stands twice in ${feed}: at ${first + 1} and ${second + 1}.`,
      [`Rename one of the two in ${feed}.`],
    );
  }
}

function missingColumn(column: string, columns: readonly string[], where: string, feed: string): FeedError {
  const meant = nearest(column, columns);
  const known = columns.join(', ');
  return new FeedError('missing-column', `${where} names the column ${column}, but ${feed} has only ${known}.`, [
    meant === undefined ? `Name one of these columns in ${where}.` : `Write ${meant} instead of ${column} in ${where}.`,
  ]);
}
