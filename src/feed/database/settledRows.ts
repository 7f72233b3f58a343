import type { MonotonicClock } from '../../base/clock.js';
import type { DatabaseSession } from './databaseSession.js';
import type { OrderedRows, Place } from './orderedRows.js';
import { writersInProgress } from './writersInProgress.js';
import type { RunningWriter } from './writersInProgress.js';

const firstPause = 20;
const longestPause = 1000;

/** How long rows are waited for. */
export interface SettlingOptions {
  readonly clock: MonotonicClock;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds that a row waits in any case. */
  readonly lag: number;
  /** Whether writers are waited for any longer. @param since when the waiting began, by the monotonic clock */
  readonly goesOn: (writers: readonly RunningWriter[], since: number) => Promise<boolean>;
}

/** The place up to which no row can come any more, or the writers that did not end in time. */
export type Settled = { readonly upTo: Place } | { readonly writers: readonly RunningWriter[] } | undefined;

/**
 * Finds the last row behind a place, and waits until no other row in front of it can be committed any more. A sequence
 * gives its numbers before the commit, so that a row can appear in front of rows that were there before it. Such a row
 * belongs to a transaction that was writing when the last row was seen: once all of those have ended, whatever is in
 * front of that row is there.
 *
 * Returns undefined if there is no row.
 */
export async function settledRows(
  session: DatabaseSession,
  rows: OrderedRows,
  after: Place | undefined,
  { clock, signal, lag, goesOn }: SettlingOptions,
): Promise<Settled> {
  const upTo = await session.reading((select) => rows.last(select, after));
  if (upTo === undefined) return undefined;
  const since = clock.monotonic();
  // Asked only after the row was seen.
  let left = await session.reading(writersInProgress);
  for (let pause = firstPause; left.length > 0; pause = Math.min(2 * pause, longestPause)) {
    if (!(await goesOn(left, since))) return { writers: left };
    await clock.sleep(pause, signal);
    const now = new Set((await session.reading(writersInProgress)).map(({ id }) => id));
    left = left.filter(({ id }) => now.has(id));
  }
  const early = since + lag - clock.monotonic();
  if (early > 0) await clock.sleep(early, signal);
  return { upTo };
}
