import { counted } from '../base/text/counted.js';
import { endedGroupsInMemory } from '../feed/index.js';
import type { Feed, JournalTarget, Rejection } from '../feed/index.js';
import type { Outbox } from '../outbox/index.js';
import { earlierPosition } from './feedBeginning.js';

/** How many rows of all feeds may be rejected: a number of rows, or a share from 0 to 1. */
export type RejectLimit = { readonly rows: number } | { readonly share: number };

/** More rows would be rejected than the limit allows. Nothing was stored or sent. */
export class TooManyRejectsError extends Error {
  override readonly name = 'TooManyRejectsError';
  readonly actions: readonly string[] = [
    'Correct the feed or the mapping. A dry run (--dry-run) without a limit reports every row.',
  ];

  constructor(
    readonly rejected: number,
    /** Rows that were read. With a limit in rows, reading ends as soon as it is exceeded. */
    readonly rows: number,
    { limit, first }: { readonly limit: RejectLimit; readonly first: Rejection | undefined },
  ) {
    const example = first === undefined ? '' : ` The first: ${first.message}`;
    super(
      `Of ${counted(rows, 'row')}, ${rejected.toLocaleString('en')} would be rejected, more than the limit of ${limitText(limit)}. Nothing was stored or sent.${example}`,
    );
  }
}

interface Reading {
  readonly outbox: Outbox;
  readonly limit: RejectLimit;
  readonly target: JournalTarget;
  /** Rows of each feed that will be read. */
  readonly mostRows: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads feeds, stores nothing, and compares the number of rejected rows with a limit. The feeds are read again
 * afterwards, so they must not be streams.
 * @throws {TooManyRejectsError} if more rows would be rejected
 * @throws {FeedError} if a feed cannot be read
 */
export async function checkRejectLimit(feeds: readonly Feed[], reading: Reading): Promise<void> {
  const { outbox, limit, target, mostRows, signal } = reading;
  let rows = 0;
  let rejected = 0;
  let first: Rejection | undefined;
  for (const feed of feeds) {
    const from = await earlierPosition(feed, outbox);
    const options = { from, endedGroups: endedGroupsInMemory(), target, limit: mostRows, signal };
    for await (const { entries } of feed.read(options)) {
      rows += entries.length;
      for (const entry of entries) {
        if (entry.kind !== 'rejection') continue;
        first ??= entry.rejection;
        rejected += 1;
      }
      if ('rows' in limit && rejected > limit.rows) throw new TooManyRejectsError(rejected, rows, { limit, first });
    }
  }
  if ('share' in limit && rejected > limit.share * rows)
    throw new TooManyRejectsError(rejected, rows, { limit, first });
}

function limitText(limit: RejectLimit): string {
  return 'rows' in limit ? limit.rows.toLocaleString('en') : `${Math.round(limit.share * 1e6) / 1e4} %`;
}
