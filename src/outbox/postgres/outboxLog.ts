import type { OutboxOwner } from '../outbox.js';
import type { Relay } from '../relay.js';
import type { UnreadFeeds } from '../storedFeed.js';
import type { SeenLease } from './leaseView.js';

/**
 * The log of a shared outbox: all that ever changed in it, in one order. Whoever reads the log from its beginning has the
 * outbox. One process at a time, which has the lease, may add to it.
 *
 * - A **change** is what one or more transactions have changed in the tables of the outbox. Its number is one more than
 *   that of the change before it.
 * - A **snapshot** is the whole outbox after a change. It stands for that change and all before it, which are dropped.
 * - An **epoch** is the number of a lease. It is drawn at random, so that no other lease ever has the same, also after the
 *   database was restored from a backup. A change is stored only with the present one. So a process that lost its lease,
 *   and does not know it yet, can store nothing.
 */
export interface OutboxLog {
  /** Where it is, for a person: without a password. */
  readonly name: string;
  /**
   * Reads what was stored after a change. If those changes are only in a snapshot now, or the log has not this change but
   * another one with its number, or `after` is undefined, the snapshot comes first. Returns where the log ends.
   * @throws {OutboxTakenError} if the log has not this change, and no snapshot: only reading from the beginning helps
   */
  read(after: LogPosition | undefined, reader: LogReader): Promise<LogPosition>;
  /**
   * Takes the lease, if nobody has it.
   * @throws {OutboxBusyError} when somebody has it
   */
  acquire(): Promise<Lease>;
  /** Returns who has the lease, and where the log ended at that moment. */
  look(): Promise<SeenLease>;
  /**
   * Keeps the lease for its full length from now on.
   * @throws {OutboxTakenError} when somebody else has taken it
   */
  renew(epoch: number): Promise<void>;
  /** Gives the lease back, unless it is lost. */
  release(epoch: number): Promise<void>;
  /**
   * Stores a change, and renews the lease. It is on disk when this resolves.
   * @throws {OutboxTakenError} when somebody else has taken the lease; the change is not stored
   */
  append(epoch: number, change: OutboxChange): Promise<void>;
  /**
   * Says that whoever has the lease with this epoch has dealt with whatever the log may lack. Later leases are unbroken
   * as long as it loses nothing. Does nothing if that cannot be stored, or the log does not end with this change.
   */
  confirm(epoch: number, change: number): Promise<void>;
  /** Returns whom the outbox belongs to; undefined for a new one. */
  owner(): Promise<OutboxOwner | undefined>;
  /** Binds a new outbox to an org and program permanently. Returns whom it belongs to. */
  claim(owner: OutboxOwner): Promise<OutboxOwner>;
  /** Returns what the changes after the snapshot take, and the snapshot itself, in bytes. */
  sizes(): Promise<{ readonly changes: number; readonly snapshot: number }>;
  /**
   * Stores the outbox as it was after a change, and drops what is older. If the process dies before all of it is
   * dropped, the rest stays until the same or a later snapshot is stored.
   * @throws {OutboxTakenError} as {@link OutboxLog.append}
   */
  storeSnapshot(epoch: number, snapshot: Snapshot): Promise<void>;
  /** Returns how many transactions of a member were handed in and wait to be taken. */
  handedIn(member: string): Promise<number>;
  /** Returns which feeds were handed in and are not read, whoever is in them. Of all others, nothing is left then. */
  unreadFeeds(): Promise<UnreadFeeds>;
  /**
   * Returns the standbys that send for whoever has the lease with this epoch, and removes what was offered to them with
   * others. Undefined if there can be none, as for a log that nobody shares.
   */
  relay?(epoch: number): Promise<OwnRelay | undefined>;
  close(): Promise<void>;
}

export interface OwnRelay extends Relay {
  /** Each request that is under way ends as one that may have been sent. */
  close(): Promise<void>;
}

export interface LogReader {
  snapshot(content: AsyncIterable<Uint8Array>): Promise<void>;
  /** The next change is read when this resolves. */
  change(change: StoredChange): Promise<void> | void;
}

/**
 * A change, as what has read the log up to it remembers it. Numbers are used again after the database was restored from a
 * backup, but not with the same epoch.
 */
export interface LogPosition {
  /** 0 at the beginning of the log. */
  readonly number: number;
  /** Epoch of the lease with which it was stored. Undefined if only a snapshot has it, and at the beginning. */
  readonly epoch: number | undefined;
}

export const logBeginning: LogPosition = { number: 0, epoch: undefined };

export function samePosition(one: LogPosition, other: LogPosition): boolean {
  return one.number === other.number && one.epoch === other.epoch;
}

export interface OutboxChange {
  readonly number: number;
  /** A patchset of SQLite's session extension. */
  readonly patch: Uint8Array;
  /** Greatest number of a batch so far. No batch gets the number of an earlier one, also if that was dropped. */
  readonly latestBatch: number;
}

/** A change that is in the log. */
export interface StoredChange extends OutboxChange {
  /** Epoch of the lease with which it was stored. */
  readonly epoch: number;
}

export interface Snapshot {
  /** Number of the last change that it has. */
  readonly change: number;
  readonly content: AsyncIterable<Uint8Array>;
  /**
   * Whether the changes that it has are dropped, too. Otherwise they stay until the next snapshot, for those who have
   * read the outbox just before.
   */
  readonly dropsChanges: boolean;
}

/** Times are compared by the clock of the log alone. */
export interface Lease {
  readonly epoch: number;
  /** The last change. */
  readonly last: LogPosition;
  /** Whether the log has certainly lost nothing since a process confirmed it, whoever has had the lease since. */
  readonly isUnbroken: boolean;
  /** How long it lasts without being renewed, in milliseconds. */
  readonly length: number;
}
