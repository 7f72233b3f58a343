import type { Mark } from '../base/rows.js';
import type { Feed, FeedEntry, ReadOptions } from './feed.js';
import { chunksOf, ReadingAborted } from './chunks.js';
import { checkColumns } from './columns.js';
import { checkJournal, compileJournal } from './journalFields.js';
import type { Mapping } from './mapping.js';
import { RowMapper, type FeedRow, type Table } from './rowMapper.js';
import type { ByteSource } from './source.js';

/** Turns chunks into rows. */
export interface RowReader<Row extends FeedRow> {
  push(chunk: Uint8Array): Row[];
  end(): Row[];
}

/** The rows of a source from a place on, and what its columns are. */
export interface OpenTable<Row extends FeedRow> extends Pick<Table<Row>, 'columns' | 'fields' | 'wholeText'> {
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
    bytesBehind: async ({ offset }) => {
      const size = await source.size();
      return size === undefined ? undefined : size - offset;
    },
    repeats: mapping.repeats,
    check: (target) => checkJournal(mapping, target),
    read: (options) => untilAborted(read(source, mapping, open, options)),
  };
}

/** An abort is no failure: what has been read stands, and reading can go on behind it. */
async function* untilAborted(entries: AsyncIterable<FeedEntry[]>): AsyncGenerator<FeedEntry[]> {
  try {
    yield* entries;
  } catch (error) {
    if (!(error instanceof ReadingAborted)) throw error;
  }
}

async function* read<Row extends FeedRow>(
  source: ByteSource,
  mapping: Mapping,
  open: OpenFormat<Row>,
  { from, endedGroups, signal, limit = Infinity, target }: ReadOptions,
): AsyncGenerator<FeedEntry[]> {
  const journal = compileJournal(mapping, target);
  const fingerprint = await source.fingerprint(from);
  const { rows, ...table } = await open((offset) => chunksOf(source, offset, signal), from?.group);
  checkColumns(mapping, table.columns, source.name);
  const rowsBefore = from?.group.rows ?? 0;
  const mapper = new RowMapper({ ...table, mapping, journal, feed: source.name, fingerprint }, endedGroups, rowsBefore);
  const last = (from?.rows ?? 0) + limit;
  for await (const block of rows) {
    for (let at = 0; at < block.length && mapper.rows < last;) {
      if (signal?.aborted) return;
      const slice = block.slice(at, at + Math.min(entriesAtOnce, last - mapper.rows));
      at += slice.length;
      const entries = await mapper.entries(slice);
      const fresh = from === undefined ? entries : entries.filter(({ position }) => position.rows > from.rows);
      if (fresh.length > 0) yield fresh;
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
