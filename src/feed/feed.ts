import type { Mark } from '../base/rows.js';
import type { Transaction } from '../transaction.js';
import type { JournalTarget } from './journalTarget.js';
import type { Repeats } from './mappingFile.js';
import type { Rejection } from './rejection.js';

/** A place in a feed from which it can be read on. Plain JSON. */
export interface FeedPosition extends Mark {
  /** Rows delivered so far: transactions, rejections and skipped rows. The header and blank lines are not rows. */
  readonly rows: number;
  /**
   * Where the group (invoice) of the row in front of this place begins. Reading on begins there, silently, to count
   * how often each key has occurred in it: so a position stays small, however long a group is.
   */
  readonly group: Mark & { readonly rows: number };
  /** The file that this is a place in; null for a stream, which cannot be read on. */
  readonly file: Fingerprint | null;
}

/** What a file begins with. Rows may be appended to it later, but nothing in front of them may change. */
export interface Fingerprint {
  /** How many bytes from the beginning were hashed: 64 KiB, or all there were. */
  readonly bytes: number;
  /** SHA-256 of these bytes, in hex. */
  readonly sha256: string;
}

/**
 * Groups (invoices) that ended earlier in a feed. They grow with the feed, so that they are the caller's to keep: on
 * disk, stored in the same commit as the position of the last entry of the array that was just read.
 * What a feed adds while it reads an array must not be stored without all entries of that array.
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
  /** Where to read on after this row. */
  readonly position: FeedPosition;
};

export interface ReadOptions {
  /** Reads on from here; from the beginning unless told. */
  readonly from?: FeedPosition | undefined;
  readonly endedGroups: EndedGroups;
  /** Ends the reading early, without an error, between two arrays. */
  readonly signal?: AbortSignal | undefined;
  /** Reads at most this many rows, so that a caller never has to cut an array. */
  readonly limit?: number | undefined;
  /** What the org takes: the described type of a field decides what is sent. Without it every date is an instant. */
  readonly target?: JournalTarget | undefined;
}

/** Where transactions come from. */
export interface Feed {
  /** The path as it was given, or `-` for a stream. */
  readonly name: string;
  /** Whether reading can go on from a position: a file can, a stream cannot. */
  readonly resumable: boolean;
  /** Whether lines of this feed with the same key and the same content are one event. `refuse` unless it says so. */
  readonly repeats?: Repeats | undefined;
  /**
   * Checks the mapping of the feed against the org, before anything is read. A feed without a mapping has none.
   * @throws FeedError `mapping-invalid` naming the line and the field that the org would refuse in every row
   */
  check?(target: JournalTarget): void;
  /** How many bytes of it lie behind a place in it; undefined for a stream. */
  bytesBehind?(from: FeedPosition): Promise<number | undefined>;
  /**
   * Entries in the order of the feed, in arrays of at most 1,000 that are never empty.
   * @throws FeedError if the feed as a whole cannot be read, or `from` is no place in it
   */
  read(options: ReadOptions): AsyncIterable<readonly FeedEntry[]>;
}
