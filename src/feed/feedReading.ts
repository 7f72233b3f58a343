import type { Mark } from '../base/rowBytes.js';
import { ReadingAborted } from './bytes/byteChunks.js';
import { bytePositionIn } from './bytes/bytePosition.js';
import type { BytePosition } from './bytes/bytePosition.js';
import type { ByteSource } from './bytes/byteSource.js';
import { FeedBytes } from './bytes/feedBytes.js';
import type { FeedEntry, FeedPosition, FeedStretch, Growth, ReadOptions } from './feed.js';
import type { FeedError } from './feedError.js';

/** An abort is not an error: what has been read remains valid, and reading can continue after it. */
export async function* untilAborted(stretches: AsyncIterable<FeedStretch>): AsyncGenerator<FeedStretch> {
  try {
    yield* stretches;
  } catch (error) {
    if (!(error instanceof ReadingAborted)) throw error;
  }
}

/** Returns what a source has behind a position, as `Feed.growth` does. */
export async function growthOf(
  source: ByteSource,
  from: FeedPosition,
  signal?: AbortSignal,
): Promise<Growth | undefined> {
  const position = bytePositionIn(source.name, from);
  const offset = position?.offset ?? 0;
  const bytes = new FeedBytes(source, position, signal);
  try {
    if (!(await bytes.hasMoreBehind(offset))) return undefined;
    const size = await source.size();
    return { bytes: size === undefined ? undefined : size - offset };
  } catch (error) {
    if (error instanceof ReadingAborted) return undefined;
    throw error;
  } finally {
    await bytes.close();
  }
}

/** A row, and where it is. */
interface PlacedRow {
  readonly start: Mark;
  readonly next: Mark;
  /** Number of rows of the feed, if it is a group of them. */
  readonly rows?: number;
}

/** Turns the rows of one reading into entries, in order. */
export interface EntryMapper<Row extends PlacedRow> {
  /** Number of rows of the feed that have passed. */
  readonly rows: number;
  /** Why nothing can be read after the rows that have passed. */
  readonly problem: FeedError | undefined;
  /** Returns one entry for each row, also of a group, or fewer if there is then a problem. */
  entries(rows: readonly Row[]): Promise<FeedEntry[]>;
  /** Returns where to continue reading after the last row that has passed. */
  place(next: Mark): Pick<BytePosition, 'offset' | 'line' | 'rows' | 'group'>;
}

/** The state of one reading. */
export interface FeedReading<Row extends PlacedRow> {
  readonly rows: AsyncIterable<Row[]>;
  readonly mapper: EntryMapper<Row>;
  readonly bytes: FeedBytes;
}

/** How bytes are read. */
export type ByteReadOptions = Omit<ReadOptions, 'from'> & { readonly from: BytePosition | undefined };

/** @throws {FeedError} if `from` was not taken in bytes */
export function byteReadOptions({ name }: ByteSource, options: ReadOptions): ByteReadOptions {
  return { ...options, from: bytePositionIn(name, options.from) };
}

/** Number of entries that are delivered together. */
export const entriesAtOnce = 1000;

/** Delivers what is read. Rows that arrive together make one stretch, or several if they are many. */
export async function* stretchesOf<Row extends PlacedRow>(
  { rows, mapper, bytes }: FeedReading<Row>,
  { from, signal, limit = Infinity }: ByteReadOptions,
): AsyncGenerator<FeedStretch> {
  const last = (from?.rows ?? 0) + limit;
  let head = from?.head;
  for await (const block of rows) {
    for (let at = 0; at < block.length && mapper.rows < last;) {
      if (signal?.aborted) return;
      const slice = someOf(block, at, Math.min(entriesAtOnce, last - mapper.rows));
      at += slice.length;
      // Rows before the position are read only for their counts.
      const known = bytes.check?.known(slice, mapper.rows) ?? 0;
      const all = await mapper.entries(slice);
      const entries = all.slice(known);
      const first = slice[0]?.next;
      const end = endOf(slice, all.length)?.next;
      if (entries.length > 0 && first !== undefined && end !== undefined) {
        head ??= { offset: first.offset, sha256: bytes.digestAt(first.offset) };
        const position = { ...mapper.place(end), sha256: bytes.digestAt(end.offset), head };
        yield { entries, position, isOpen: bytes.endsOpenAt(end.offset) };
      }
      if (mapper.problem) throw mapper.problem;
    }
    if (mapper.rows >= last) return;
  }
}

/** Returns rows from an index on: as many, or as few more as the last group has. */
function someOf<Row extends PlacedRow>(block: readonly Row[], from: number, most: number): Row[] {
  let to = from;
  for (let count = 0; to < block.length && count < most; to++) count += block[to]?.rows ?? 1;
  return block.slice(from, to);
}

/** Returns what the last of so many rows belongs to. */
function endOf<Row extends PlacedRow>(slice: readonly Row[], rows: number): Row | undefined {
  let passed = 0;
  return slice.find((row) => (passed += row.rows ?? 1) >= rows);
}
