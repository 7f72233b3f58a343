import type { Mark } from '../base/rowBytes.js';
import type { Transaction } from '../transaction.js';
import type { ExpressionLimits } from './expressions/rowEvaluator.js';
import type { JournalTarget } from './mapping/journalTarget.js';
import type { Repeats } from './mapping/mappingFile.js';
import type { Rejection } from './rejection.js';

/** A place in a feed from which it can be read on: a small JSON object, however long the feed is. */
export interface FeedPosition extends Mark {
  /** Rows delivered so far: transactions, rejections and skipped rows. The header and blank lines are not rows. */
  readonly rows: number;
  /**
   * Where the group (invoice) of the row in front of this place begins. Reading on begins there, silently, to count
   * how often each key has occurred in it: so a position stays small, however long a group is.
   */
  readonly group: Mark & { readonly rows: number };
  /** SHA-256, in hex, of everything in front of this place: reading goes on only if it is the same again. */
  readonly sha256: string;
  /** What the feed begins with, up to the end of its first row: tells a feed that was changed from another one. */
  readonly head: { readonly offset: number; readonly sha256: string };
}

/**
 * Groups (invoices) that ended earlier in a feed. They grow with the feed, so that they are the caller's to keep: on
 * disk, stored in the same commit as the position of the stretch that was just read.
 * What a feed adds while it reads a stretch must not be stored without all entries of that stretch.
 * One per feed: the groups of two files have nothing to do with each other.
 */
export interface EndedGroups {
  has(group: string): boolean;
  /** A group may be added twice, when a feed is read on from an earlier position. */
  add(group: string): void;
}

/** For dry runs and tests: grows with the feed. */
export function endedGroupsInMemory(): EndedGroups {
  return new Set<string>();
}

/** One row of a feed, and what became of it. `read = used + skipped + rejected` counts these. */
export type FeedEntry = (
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'rejection'; readonly rejection: Rejection }
  | { readonly kind: 'skipped' }
) & {
  readonly line: number;
};

/** Rows that follow each other, at most 1,000 and at least one. */
export interface FeedStretch {
  readonly entries: readonly FeedEntry[];
  /** Where to read on after them. */
  readonly position: FeedPosition;
}

export interface ReadOptions {
  /** Reads on from here. Default: from the beginning. */
  readonly from?: FeedPosition | undefined;
  readonly endedGroups: EndedGroups;
  /** Ends the reading early, without an error, between two stretches. */
  readonly signal?: AbortSignal | undefined;
  /** Reads at most this many rows, so that a caller never has to cut a stretch. */
  readonly limit?: number | undefined;
  /** How much the expressions of a mapping may take. Default: 5 seconds and 256 MB for a row, exceeded by 4 rows. */
  readonly expressionLimits?: Partial<ExpressionLimits> | undefined;
  /** What the org takes: the described type of a field decides what is sent. Without it every date is an instant. */
  readonly target?: JournalTarget | undefined;
}

/** Where transactions come from. */
export interface Feed {
  /** The path as it was given, or `-` for a stream. */
  readonly name: string;
  /** Whether lines of this feed with the same key and the same content are one event. Default: `refuse`. */
  readonly repeats?: Repeats | undefined;
  /** Fields of the journal that expressions fill, which may give nothing. */
  readonly computedFields?: readonly string[] | undefined;
  /**
   * Checks the mapping of the feed against the org, before anything is read. A feed without a mapping has none.
   * @throws {FeedError} `mapping-invalid` naming the line and the field that the org would refuse in every row
   */
  check?(target: JournalTarget): void;
  /**
   * What was appended behind a place; undefined for nothing but ends of lines. Reads the feed as far as that place.
   * @throws {FeedError} if the feed cannot be read, or is not the one that `from` was taken in
   */
  growth?(from: FeedPosition, signal?: AbortSignal): Promise<Growth | undefined>;
  /**
   * Entries in the order of the feed. The bytes in front of `from` are read too: a stream must be given again from its
   * first byte on.
   * @throws {FeedError} if the feed as a whole cannot be read, or is not the one that `from` was taken in
   */
  read(options: ReadOptions): AsyncIterable<FeedStretch>;
}

export interface Growth {
  /** How many bytes; undefined for a stream, which is not read to its end to find out. */
  readonly bytes: number | undefined;
}
