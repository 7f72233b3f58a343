import { counted } from '../base/text/counted.js';
import { endedGroupsInMemory } from '../feed/index.js';
import type { Feed, FeedEntry, JournalTarget, Rejection } from '../feed/index.js';
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
  const count = new RejectCount(limit);
  for (const feed of feeds) {
    const from = await earlierPosition(feed, outbox);
    const options = { from, endedGroups: endedGroupsInMemory(), target, limit: mostRows, signal };
    for await (const { entries } of feed.read(options)) count.see(entries);
  }
  count.end();
}

/** Counts rows that are read before anything is stored, and which of them would be rejected. */
export class RejectCount {
  readonly #limit: RejectLimit | undefined;
  rows = 0;
  rejected = 0;
  /** The first rejected row. */
  first: Rejection | undefined;

  constructor(limit: RejectLimit | undefined) {
    this.#limit = limit;
  }

  /** @throws {TooManyRejectsError} as soon as a limit in rows is exceeded */
  see(entries: readonly FeedEntry[]): void {
    this.rows += entries.length;
    for (const entry of entries) {
      if (entry.kind !== 'rejection') continue;
      this.first ??= entry.rejection;
      this.rejected += 1;
    }
    if (this.#limit && 'rows' in this.#limit && this.rejected > this.#limit.rows) throw this.#tooMany(this.#limit);
  }

  /** @throws {TooManyRejectsError} if a limit as a share is exceeded */
  end(): void {
    if (this.#limit && 'share' in this.#limit && this.rejected > this.#limit.share * this.rows)
      throw this.#tooMany(this.#limit);
  }

  #tooMany(limit: RejectLimit): TooManyRejectsError {
    return new TooManyRejectsError(this.rejected, this.rows, { limit, first: this.first });
  }
}

function limitText(limit: RejectLimit): string {
  return 'rows' in limit ? limit.rows.toLocaleString('en') : `${Math.round(limit.share * 1e6) / 1e4} %`;
}
