import { headerLine } from './feedLines.js';
import { feedMapping } from './feedMapping.js';
import { feedRows } from './feedRows.js';
import type { GeneratedRow } from './feedRows.js';
import { resolveTransactionFeed } from './transactionFeedOptions.js';
import type { TransactionFeedOptions } from './transactionFeedOptions.js';

/** A generated feed, and the two files that go with it. Each can be read as often as needed. */
export interface TransactionFeed {
  /** The line before the rows. Empty for NDJSON. */
  readonly header: string;
  /** Yields the rows while they are read, with what each of them is. */
  rows(): Generator<GeneratedRow, void, void>;
  /** The mapping file that `sync start --map` takes. */
  readonly mapping: string;
  /** How many members there are to choose from. */
  readonly memberCount: number;
  /** Lines of the file of members that `enroll member --file` takes. */
  memberLines(): Iterable<string>;
}

/**
 * Generates a feed of transactions for any program: members with a favorite store and times at which they usually come,
 * busy and quiet seasons, returns of earlier purchases; and, in chosen shares, rows that come twice, rows that come days
 * late, and bad rows. Each row is one transaction.
 *
 * @throws {RangeError} for an option out of range, and for a definition without members, or whose org would do nothing
 * with a transaction
 */
export function transactionFeed(options: TransactionFeedOptions): TransactionFeed {
  const feed = resolveTransactionFeed(options);
  return {
    header: headerLine(feed.format),
    rows: () => feedRows(feed),
    mapping: feedMapping(feed),
    memberCount: feed.members.count,
    memberLines: () => feed.members.lines(),
  };
}
