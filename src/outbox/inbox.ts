import type { Transaction } from '../transaction.js';
import type { OutboxOwner } from './outbox.js';

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
}

/** Where a log was when a process had stored something in it. It is somewhere else if its database was restored since. */
export interface LogPlace {
  /** Epoch of the lease of that process. */
  readonly epoch: number;
  /** Number of the last change then. */
  readonly change: number;
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
