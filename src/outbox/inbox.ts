import type { Transaction } from '../transaction.js';
import type { OutboxOwner } from './outbox.js';
import type { GroupEdges } from './outboxIntake.js';

/**
 * What was handed in for a shared outbox, by any machine, and waits for the one that delivers. It is on disk, but what it
 * is, such as a conflict, is decided when it is taken.
 */
export interface Inbox extends AsyncDisposable {
  /** The address of its outbox, without the password. */
  readonly name: string;
  /**
   * Binds a new outbox to an org and program permanently. Returns whom it belongs to.
   * @throws {OutboxDatabaseError}
   */
  claim(owner: OutboxOwner): Promise<OutboxOwner>;
  /**
   * Stores an entry. It is on disk when this resolves. After a lost answer it may be there twice, which changes nothing.
   * @throws {OutboxDatabaseError}
   */
  add(transactions: readonly Transaction[]): Promise<void>;
  /** Returns the transaction with this key that was handed in last. Undefined if none of this key waits. */
  find(key: string): Promise<Transaction | undefined>;
  backlog(): Promise<InboxBacklog>;
  close(): Promise<void>;
}

/** Transactions that were stored together. */
export interface InboxEntry {
  /** Entries are numbered in the order in which they became visible. */
  readonly number: number;
  readonly transactions: readonly Transaction[];
  /** Where they were read. Undefined for transactions that were pushed, each of which stands alone. */
  readonly feed?: EntryFeed | undefined;
}

/** The stretch of a feed that an entry has. */
export interface EntryFeed {
  /** Name of the feed, such as its path. */
  readonly name: string;
  /** Counts from 1, how often the feed was begun. Lines of one reading are lines of one file. */
  readonly reading: number;
  /** The line of each transaction. */
  readonly lines: readonly number[];
  /** Where the group of a transaction touches the beginning or the end of the feed; null where it does not. */
  readonly edges?: readonly (GroupEdges | null)[] | undefined;
  /** Whether lines of the feed with the same key and content are one transaction. */
  readonly acceptsRepeats: boolean;
}

/** How much waits in an inbox. */
export interface InboxBacklog {
  readonly entries: number;
  readonly transactions: number;
  /** When the oldest entry was stored, in milliseconds since the epoch, by the database's clock. Undefined if none waits. */
  readonly oldest: number | undefined;
  /** Milliseconds since then; 0 if none waits. */
  readonly age: number;
}
