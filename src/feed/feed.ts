import type { Transaction } from '../transaction.js';
import type { ExpressionLimits } from './expressions/rowEvaluator.js';
import type { JournalTarget } from './mapping/journalTarget.js';
import type { Repeats } from './mapping/mappingFile.js';
import type { Rejection } from './rejection.js';

/**
 * A place in a feed at which reading can continue: a JSON object whose size does not depend on the length of the feed.
 * Only the kind of feed that has made it knows what else is in it.
 */
export interface FeedPosition {
  /**
   * Number of rows delivered so far: transactions, rejections and skipped rows. The header and blank lines are not
   * rows.
   */
  readonly rows: number;
}

/**
 * Groups (invoices) that ended earlier in a feed. Their number grows with the feed, so the caller must keep them on
 * disk and store them in the same commit as the position of the stretch that was just read. If the feed adds groups
 * while it reads a stretch, they must not be stored without all entries of that stretch. Each feed needs its own
 * object, because the groups of two files are unrelated.
 */
export interface EndedGroups {
  has(group: string): boolean;
  /** A group may be added twice, when reading starts again from an earlier position. */
  add(group: string): void;
}

/**
 * A number for each key of a feed: how often it has occurred, for a mapping that numbers keys in the whole feed, or the
 * line because of which a group with that key was rejected, for one that groups rows. Like {@link EndedGroups}, they grow
 * with the feed and belong to its position: store what is set in the same commit as the position of the stretch that was
 * just read.
 */
export interface KeyCounts {
  /** Returns 0 for a key that has not occurred. */
  get(key: string): number;
  set(key: string, count: number): void;
}

/** Keeps groups in memory, for dry runs and tests. It grows with the feed. */
export function endedGroupsInMemory(): EndedGroups {
  return new Set<string>();
}

/**
 * Where a group of rows touches the beginning or the end of its feed. There, more of its lines may be in another feed,
 * such as the log of the day before.
 */
export interface FeedEdges {
  /** No other group of the feed is before it. */
  readonly first: boolean;
  /** No other group of the feed was behind it when it was read. */
  readonly last: boolean;
}

/** One row of a feed, and what became of it. These entries are counted as `read = used + skipped + rejected`. */
export type FeedEntry = (
  | { readonly kind: 'transaction'; readonly transaction: Transaction; readonly edges?: FeedEdges | undefined }
  /** A row of a mapping with `journals`: at least one. */
  | {
      readonly kind: 'transactions';
      readonly transactions: readonly Transaction[];
      readonly edges?: FeedEdges | undefined;
    }
  /** A further row of the group whose transaction an earlier entry has. */
  | { readonly kind: 'grouped' }
  | { readonly kind: 'rejection'; readonly rejection: Rejection }
  | { readonly kind: 'skipped' }
) & {
  readonly line: number;
};

/** Returns the transactions of a row. */
export function transactionsOf(entry: FeedEntry): readonly Transaction[] {
  if (entry.kind === 'transaction') return [entry.transaction];
  return entry.kind === 'transactions' ? entry.transactions : [];
}

/** Returns where the group of these transactions touches the beginning or the end of its feed. */
export function edgesOf(entry: FeedEntry): FeedEdges | undefined {
  return 'edges' in entry ? entry.edges : undefined;
}

/** Consecutive rows, from 1 to 1,000. A group of rows is never divided, so there may be more by one group. */
export interface FeedStretch {
  readonly entries: readonly FeedEntry[];
  /** Where to continue reading after them. */
  readonly position: FeedPosition;
  /** The last of them ends with the feed and without a line end: somebody may still have been writing it. */
  readonly isOpen?: boolean | undefined;
}

export interface ReadOptions {
  /** Where to continue reading. Default: the beginning. */
  readonly from?: FeedPosition | undefined;
  readonly endedGroups: EndedGroups;
  /**
   * What is known of the keys before `from`. Default: a temporary database that is empty, so it is needed together with
   * `from` if the mapping numbers keys in the whole feed, or groups rows.
   */
  readonly keyCounts?: KeyCounts | undefined;
  /** Ends the reading early, without an error, between two stretches. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Maximum number of rows to read, so that a caller never has to cut a stretch. If rows are grouped, the group of the
   * last of them is read to its end.
   */
  readonly limit?: number | undefined;
  /**
   * Called when reading ends before a group of rows that may not be complete, because more may be appended to the feed.
   * Its rows are not delivered.
   */
  readonly onOpenGroup?: ((lines: { readonly first: number; readonly last: number }) => void) | undefined;
  /** Called with what a person should know of the reading. */
  readonly onNote?: ((note: FeedNote) => void) | undefined;
  /** Called when reading ends before rows that are there and can be read later. */
  readonly onRowsLeft?: ((note: FeedNote) => void) | undefined;
  /**
   * Limits of the expressions in a mapping. Default: 5 seconds and 256 MB for each row. Reading ends at the fifth row
   * that exceeds them.
   */
  readonly expressionLimits?: Partial<ExpressionLimits> | undefined;
  /**
   * What the org accepts. The described type of a field decides what is sent. Without it, every date is sent as an
   * instant.
   */
  readonly target?: JournalTarget | undefined;
}

/** What a person should know of a feed, besides its rows. */
export interface FeedNote {
  /** Stable, such as `order-not-unique`. */
  readonly code: string;
  readonly message: string;
}

/** Where transactions come from. */
export interface Feed {
  /** The path as given, or `-` for a stream. */
  readonly name: string;
  /** Noted with the run that reads it. */
  readonly notes?: readonly FeedNote[] | undefined;
  /**
   * Only for a feed whose rows are never read to an end, such as a table: whether a new run goes on behind the place at
   * which an earlier one stopped. Default: each run reads a feed from its beginning.
   */
  readonly continuesFrom?: ((earlier: FeedPosition) => boolean) | undefined;
  /**
   * Whether a row can come again with another content, as one that is read again after it was updated. Then each row
   * stands alone: none is an earlier line of the same file.
   */
  readonly rowsComeAgain?: boolean | undefined;
  /** Whether lines of this feed with the same key and the same content are one event. Default: `refuse`. */
  readonly repeats?: Repeats | undefined;
  /** Fields of the journal that expressions fill, which may give nothing. */
  readonly computedFields?: readonly string[] | undefined;
  /** Whether its beginning can be read twice at little cost: a file whose mapping has no expressions. */
  readonly canBeReadAgain?: boolean | undefined;
  /**
   * Checks the mapping of the feed against the org before anything is read. A feed without a mapping does not have it.
   * @throws {FeedError} `mapping-invalid`, with the line and the field that the org would refuse in every row
   */
  check?(target: JournalTarget): void;
  /**
   * Returns what was appended after a position, or undefined if only line ends were. Reads the feed up to that
   * position.
   * @throws {FeedError} if the feed cannot be read, or is not the one in which `from` was taken
   */
  growth?(from: FeedPosition, signal?: AbortSignal): Promise<Growth | undefined>;
  /**
   * Yields entries in the order of the feed. The bytes before `from` are read too, so a stream must be given again from
   * its first byte on.
   * @throws {FeedError} if the feed as a whole cannot be read, or is not the one in which `from` was taken
   */
  read(options: ReadOptions): AsyncIterable<FeedStretch>;
}

export interface Growth {
  /** Number of appended bytes. Undefined for a stream, because it is not read to its end to find out. */
  readonly bytes: number | undefined;
}
