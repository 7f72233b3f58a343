/**
 * The transactions that the org must still receive. The states of an item, and the diagram of its life, are in
 * `item.ts`.
 *
 * The outbox does no I/O towards the org and decides nothing about it: the sync room reports what became of an item.
 * For a line with a known key, the outbox itself decides what the line is, by the table in `sameKey.ts`.
 */
import type { BulkJobs } from './bulkJob.js';
import type { DeadLetters } from './deadLetters.js';
import type { Enrollments } from './enrollments.js';
import type { FollowedProgress } from './followedProgress.js';
import type { Relay } from './relay.js';
import type { Increments } from './increment.js';
import type { KeyedCalls } from './outboxCalls.js';
import type { ContentLine, KnownTransaction } from './knownTransaction.js';
import type { Delivery } from './outboxDelivery.js';
import type { Intake } from './outboxIntake.js';
import type { Runs } from './outboxRuns.js';
import type { Sources } from './outboxSources.js';
import type { ItemReport, KeyHistory } from './runRecord.js';

/**
 * The org and program that an outbox belongs to. Record Ids alone cannot distinguish a sandbox copy from its origin.
 */
export interface OutboxOwner {
  readonly orgId: string;
  readonly programId: string;
  /** Name of the program when the outbox was created. */
  readonly program: string;
  /** Length of TransactionJournal.ExternalTransactionNumber. It is fixed, so every key keeps its first number. */
  readonly numberLength: number;
}

export interface Outbox extends AsyncDisposable {
  /** Where it is: a path or a name that a person can use. */
  readonly name: string;
  /** Says which file it is: a copy of it is another one. Undefined for an outbox that is not one file. */
  readonly fileId?: string | undefined;
  readonly runs: Runs;
  readonly intake: Intake;
  readonly sources: Sources;
  readonly delivery: Delivery;
  readonly deadLetters: DeadLetters;
  readonly calls: KeyedCalls;
  readonly bulkJobs: BulkJobs;
  readonly increments: Increments;
  readonly followed: FollowedProgress;
  readonly enrollments: Enrollments;
  /** Standbys that send for this process while it has the lock. Undefined for an outbox that nobody shares. */
  readonly relay?: Relay | undefined;
  /** Tells whether the outbox has lost anything. Undefined where nothing can tell, and without the lock. */
  readonly continuity?: Continuity | undefined;
  /**
   * Makes the caller the only one that delivers from the outbox, in this process and in all others, until it releases
   * the lock or its process ends.
   * @throws {OutboxBusyError} when another process, or another caller in this process, holds it
   */
  lock(): Promise<OutboxLock>;
  /**
   * Returns whether a process may be delivering from it, and stores nothing to find out. If it returns false, whatever the
   * last one has stored can be read afterwards.
   */
  isHeld(): Promise<boolean>;
  /**
   * Erases a member: payloads, keys, number, single calls, and every text that names the member. The hash of each key
   * stays, so that nothing is ever sent again. Returns how many transactions and calls were erased.
   * @throws {OpenItemsError} while transactions of the member are still open
   * @throws {OutboxBusyError} while another program reads the file's log, which keeps old bytes until then
   */
  forget(member: string): Promise<Erasure>;
  /** Returns the present state of the transaction with this key. Undefined if the outbox does not know the key. */
  find(key: string): Promise<ItemReport | undefined>;
  /**
   * Returns everything that is known of a key: every item that it ever had, and lines that made none. Undefined if the
   * outbox does not know it.
   */
  history(key: string): Promise<KeyHistory | undefined>;
  /**
   * Yields every transaction as it is now, in no order, without those of erased members.
   * @param run only those that this run had
   */
  transactions(run?: string): Iterable<KnownTransaction>;
  /** Returns whether the key belonged to a member who was erased. */
  isErased(key: string): boolean;
  /** Returns whether a correction or a person has overruled this content of this line. */
  isOverruled(line: ContentLine): boolean;
  /** Whom it belongs to; undefined for a new one. */
  owner(): Promise<OutboxOwner | undefined>;
  /** Returns the content fields that this org changes when it stores a journal. They are not compared. */
  changedFields(): Promise<readonly string[]>;
  rememberChangedFields(fields: readonly string[]): Promise<void>;
  /** Binds a new outbox to an org and program permanently. */
  claim(owner: OutboxOwner): Promise<void>;
  close(): Promise<void>;
}

/** Whether an outbox still has whatever was stored in it. */
export interface Continuity {
  /** True only if it provably has everything that was stored since {@link confirm} was last called, by any process. */
  readonly isUnbroken: boolean;
  /**
   * Call it when everything that may be missing has been looked for, or waits. Never throws: if it cannot be stored, the
   * next process finds the outbox not unbroken.
   */
  confirm(): Promise<void>;
}

/** Disposing it releases the lock. */
export type OutboxLock = Disposable;

/** What was found of a member who was erased. */
export interface Erasure {
  /** Transactions and single calls. */
  readonly transactions: number;
  /** Rows and sentences that named the member. */
  readonly texts: number;
  /** Folders of the results files of runs, which may name the member. */
  readonly folders: readonly string[];
}
