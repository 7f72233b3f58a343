import type { MonotonicClock } from '../../base/clock.js';
import { FeedError } from '../feedError.js';
import type { FeedNote } from '../feed.js';
import type { DatabaseSession } from './databaseSession.js';
import { isTooLarge } from './feedDatabaseErrors.js';
import type { OrderedRow, OrderedRows, Place, Stretch } from './orderedRows.js';
import { settledRows } from './settledRows.js';
import type { SettlingOptions } from './settledRows.js';
import type { RunningWriter } from './writersInProgress.js';

/** Decides whether a reading goes on when it has read what is there. */
export interface TableWatch {
  /** Whether nothing more is to be waited for. */
  isOver(): boolean;
  /** Records that rows have come. */
  came(): void;
  /** Resolves when it is time to look again. */
  next(signal: AbortSignal): Promise<void>;
}

export interface PagesOptions extends SettlingOptions {
  readonly feed: string;
  readonly session: DatabaseSession;
  readonly rows: OrderedRows;
  /** Most rows of a page. */
  readonly pageRows: number;
  readonly onRowsLeft: ((note: FeedNote) => void) | undefined;
  /** Given if reading goes on behind the last row. */
  readonly watch?: TableWatch | undefined;
}

/**
 * Yields the rows behind a place, in order: those that are there when reading begins or, in a watch, those that come.
 * @throws {FeedError} if the database fails, or two rows have the same place
 */
export async function* tablePages(after: Place | undefined, options: PagesOptions): AsyncGenerator<OrderedRow[]> {
  const { session, rows, watch, feed, onRowsLeft } = options;
  const signal = options.signal ?? new AbortController().signal;
  let place = after;
  while (!signal.aborted) {
    const isLast = watch?.isOver() ?? true;
    const settled = await settledRows(session, rows, place, options);
    if (settled && 'writers' in settled) {
      onRowsLeft?.(heldBack(feed, settled.writers));
      return;
    }
    if (settled) {
      watch?.came();
      place = yield* pagesUpTo(settled.upTo, place, options);
    }
    if (watch === undefined || (!settled && isLast && watch.isOver())) return;
    if (!settled) await watch.next(signal);
  }
}

/** @returns the place behind which to go on */
async function* pagesUpTo(
  upTo: Place,
  after: Place | undefined,
  { session, rows, pageRows, feed, signal }: PagesOptions,
): AsyncGenerator<OrderedRow[], Place> {
  let place = after;
  let most = pageRows;
  while (!signal?.aborted) {
    const stretch = { after: place, upTo, rows: most };
    const page = await pageOf(stretch, session, rows);
    if (page === 'tooLarge') {
      most = 1;
      continue;
    }
    const twice = page.findIndex(({ isTwice }) => isTwice);
    const sound = twice === -1 ? page : page.slice(0, twice);
    if (sound.length > 0) yield sound;
    if (twice !== -1) throw notUnique(feed, page[twice]?.place ?? []);
    const last = page.at(-1);
    if (last === undefined || isSame(last.place, upTo)) break;
    place = last.place;
    // Where rows are large, the server need not make a thousand of them to send a few.
    most = Math.max(1, Math.min(pageRows, 2 * page.length));
  }
  return upTo;
}

/** @returns `tooLarge` if one of several rows is so large that the server cannot write it */
async function pageOf(
  stretch: Stretch,
  session: DatabaseSession,
  rows: OrderedRows,
): Promise<OrderedRow[] | 'tooLarge'> {
  try {
    return await session.reading((select) => rows.page(select, stretch));
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (stretch.rows > 1) return 'tooLarge';
    const first = await session.reading((select) => rows.withoutContent(select, stretch));
    if (first === undefined || isSame(first.place, stretch.upTo)) return first ? [first] : [];
    // It may be the row behind the first one, which is looked at to compare their places.
    return pageOf({ ...stretch, upTo: first.place }, session, rows);
  }
}

function isSame(place: Place, other: Place): boolean {
  return place.every((each, index) => each === other[index]);
}

function notUnique(feed: string, place: Place): FeedError {
  return new FeedError(
    'malformed-feed',
    `The feed ${feed} has several rows with the same place in its order: (${place.join(', ')}).`,
    ['Add a column to orderBy that makes it unique, such as the primary key.'],
  );
}

/** What a person should know if writers do not end. */
export function heldBack(feed: string, writers: readonly RunningWriter[]): { code: 'rows-held-back'; message: string } {
  const pids = writers.flatMap(({ pid }) => pid ?? []);
  const who =
    pids.length > 0
      ? `process ${pids.slice(0, 5).join(', ')} of the database`
      : 'a transaction that was prepared for a two-phase commit (pg_prepared_xacts)';
  const message =
    `Rows of ${feed} wait, because ${who} was writing when they came and may still commit rows that belong in ` +
    'front of them. They are read when it has ended (pg_stat_activity shows what it does).';
  return { code: 'rows-held-back', message };
}

const longestForWriters = 60_000;

/** Returns the milliseconds for which writers are waited for. */
export function writerPatience(patience: number): number {
  return Math.min(patience, longestForWriters);
}

/** Waits for writers for a while. */
export function forAWhile(clock: MonotonicClock, patience: number): SettlingOptions['goesOn'] {
  return async (_writers, since) => clock.monotonic() - since < patience;
}
