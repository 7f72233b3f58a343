/**
 * The transactions that the org must still receive. The states of an item, and the diagram of its life, are in
 * `item.ts`.
 *
 * The outbox does no I/O towards the org and decides nothing about it: the sync room reports what became of an item.
 * For a line with a known key, the outbox itself decides what the line is, by the table in `sameKey.ts`.
 */
import type { Transaction } from '../transaction.js';
import type { BulkJobs } from './bulkJob.js';
import type { Enrollments } from './enrollments.js';
import type { Increments } from './increment.js';
import type { FollowedProgress } from './followedProgress.js';
import type { ContentLine, KnownTransaction } from './knownTransaction.js';
import type { Batch, ItemFailure, ItemState, Outcome, OutboxItem } from './item.js';
import type {
  ItemReport,
  LineDecision,
  LineReport,
  Run,
  RunCounts,
  RunEnding,
  RunNote,
  StopReason,
} from './runRecord.js';

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
  /**
   * Makes the caller the only one that delivers from the outbox, in this process and in all others, until it releases
   * the lock or its process ends.
   * @throws {OutboxBusyError} when another process, or another caller in this process, holds it
   */
  lock(): Promise<OutboxLock>;
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

/** Disposing it releases the lock. */
export type OutboxLock = Disposable;

export interface Runs {
  begin(settings: Record<string, unknown>): Promise<Run>;
  /** Continues the run in this process. Whatever other runs left open belongs to it from now on, too. */
  resume(run: string): Promise<void>;
  end(run: string, ending: RunEnding, stopped?: StopReason): Promise<void>;
  note(run: string, note: RunNote): Promise<void>;
  /** Returns the run with that id, or the latest. */
  find(id?: string): Promise<Run | undefined>;
  counts(run: string): Promise<RunCounts>;
  /**
   * Yields the items of the run as they were when it last had them, in the order in which they were stored.
   * @param after only those behind this position
   */
  items(run: string, states: readonly ItemState[], after?: number): Iterable<ItemReport>;
  /** Returns the next items of a run that are done, up to the first one that is not, or about which more may be told. */
  doneAfter(run: string, position: ItemPosition, limit: number): DoneItems;
  /** Returns whether all that {@link doneAfter} returned up to this position is still all that the run has, and true. */
  isStillDone(run: string, position: ItemPosition): boolean;
  lines(run: string): Iterable<LineReport>;
  /**
   * Removes the text of the rows of a run from the outbox, because the run's first `lines` lines are in the results
   * files in `folder`. Does nothing for a run that has not ended.
   */
  exported(run: string, folder: string, lines: number): Promise<void>;
}

/** A place among the items of a run. */
export interface ItemPosition {
  /** The first item that was returned, or any position before it. */
  readonly first: number;
  /** The last one. */
  readonly last: number;
}

export interface DoneItems {
  readonly items: readonly ItemReport[];
  readonly position: ItemPosition;
}

export interface ChunkTransaction {
  readonly line: number;
  readonly transaction: Transaction;
  /** Set if it was made of rows at the beginning or the end of the feed, which may go on in another one. */
  readonly edges?: GroupEdges | undefined;
}

/** Whether a group of rows is the first one of its feed, and whether it is the last one. */
export interface GroupEdges {
  readonly first: boolean;
  readonly last: boolean;
}

/** A stretch of a feed, stored in one commit with the position after it. */
export interface IntakeChunk {
  readonly run: string;
  readonly feed: string;
  readonly transactions: readonly ChunkTransaction[];
  /** Number of rows that these are of. Default: one row for each transaction. */
  readonly used?: number | undefined;
  readonly rejections: readonly LineReport[];
  readonly skipped: number;
  /** Groups of rows that ended in this stretch: see the feed room. */
  readonly endedGroups: readonly string[];
  /** How often these keys have occurred up to the position, for a feed that numbers them: see the feed room. */
  readonly keyCounts?: ReadonlyMap<string, number> | undefined;
  readonly position: unknown;
  /** True in the last chunk of a feed. */
  readonly complete: boolean;
  /**
   * Whether the org may already have these transactions. If so, they begin as `unknown`, so that they are looked up
   * first.
   */
  readonly lookUpFirst: boolean;
  /**
   * Whether lines of one file with the same key and content are one transaction, and so are not reported to a person.
   */
  readonly acceptsRepeats: boolean;
  /** Whether the details of members are stored, because those whom the program does not have are enrolled. */
  readonly enrolls?: boolean | undefined;
  /** Whether each line stands alone, as a push does, so that no line is an earlier line of the same file. */
  readonly standAlone?: boolean | undefined;
}

/** What the outbox knows of a source, and how far that can be proved. */
export interface SourceRecord {
  /** Whether new transactions are looked up before they are sent. */
  readonly lookUpFirst: boolean;
  /**
   * Whether a process has lived through one settle window since the outbox first met the source. Whatever another
   * process was sending at that time is in the org by now.
   */
  readonly windowPassed: boolean;
  /**
   * Journals are counted from this time of the org, in milliseconds since the epoch. Undefined if the time is not
   * known.
   */
  readonly countedSince: number | undefined;
  /**
   * Number of journals from that time on that the org had when the count began, and the time when it began, by the
   * org's clock.
   */
  readonly counted: number;
  readonly countedAt: number | undefined;
  /** Ids of the journals among them that were created at that time or later. */
  readonly countedThen: readonly string[];
  /** Number of journals that this outbox has created or found since then. */
  readonly brought: number;
  /** Identifies this outbox in the org, so that it recognizes its own insert. */
  readonly ownerToken: string | undefined;
  /** The greatest epoch that this outbox has had. */
  readonly epoch: number;
  /** What a clean end wrote both here and into the org. */
  readonly cleanEnd: string | undefined;
}

export interface Sources {
  /** Returns the names of all sources that the outbox has met. */
  names(): Promise<string[]>;
  find(source: string): Promise<SourceRecord | undefined>;
  /** Changes the given properties. Others stay unchanged. */
  remember(source: string, news: Partial<SourceRecord>): Promise<void>;
  /** Returns how many transactions of the source were sent without a known result. */
  inDoubt(source: string): Promise<number>;
  /** Transactions of the source whose requests the org may not have finished yet. */
  underWay(source: string): Promise<number>;
  /** What is ready is looked up first: this outbox may not be the newest truth. Returns how many. */
  doubtReady(): Promise<number>;
  /** Imports keys that the org has and the outbox does not know. A line with one of them is looked up first. */
  importKeys(keys: readonly string[]): Promise<number>;
}

export interface Intake {
  /**
   * Returns the position after the last stored chunk of a feed, and whether that chunk was the last one of the feed.
   */
  progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined>;
  /** Returns the feeds of a run that were begun and not read to their ends, in the order of their beginnings. */
  unread(run: string): Promise<string[]>;
  hasEndedGroup(run: string, feed: string, group: string): boolean;
  /** Returns how often a key of a feed that is not complete has occurred up to its position. */
  keyCount(run: string, feed: string, key: string): number;
  /** Stores a chunk. Returns what each of its transactions turned out to be, in their order. */
  accept(chunk: IntakeChunk): Promise<readonly LineDecision[]>;
}

export interface Delivery {
  /**
   * Begins the work of a process. Times of an earlier process mean nothing to this one. Items that were `sent`, or
   * waited in doubt, are `unknown` until `settledAt` of this process's clock. Items that waited for anything else no
   * longer wait.
   */
  recover(settledAt: number): Promise<void>;
  /** Returns members with open items that have not been looked up in the org yet. */
  uncheckedMembers(limit: number): Promise<string[]>;
  /**
   * Records which members the program has. Held items of existing members become `unknown`. For members that do not
   * exist, ready items are refused, and held ones return to their previous state. Returns the items that ended.
   */
  checkedMembers(
    found: readonly string[],
    absent: readonly string[],
    reason: AbsentReason,
  ): Promise<readonly EndedItem[]>;
  /**
   * Returns the number of open items in all runs, except those that wait for a person. The call is cheap enough to make
   * for every request.
   */
  open(): Promise<number>;
  /**
   * Returns when the oldest of these was stored, in milliseconds since the epoch. Undefined if nothing is open. Meant to
   * be called every few seconds.
   */
  oldestOpen(): Promise<number | undefined>;
  /**
   * Returns the largest number of open items of one member. With one item of a member in a request, no schedule needs
   * fewer requests than this. The call is cheap enough to make for every request.
   */
  longestQueue(): number;
  /**
   * Packs up to `count` batches of up to `size` items and stores the intent to send them, in one commit. A batch has the
   * first ready items of free members, longest queue first: one of each member, or up to `perMember`, in their order. A
   * batch with fewer than `atLeast` items is not packed.
   * @throws {OutboxTakenError} when another process has taken the outbox over; nothing may be sent then
   */
  pack(options: {
    size: number;
    atLeast: number;
    count: number;
    now: number;
    perMember?: number | undefined;
  }): Promise<Batch[]>;
  /**
   * Called before a batch leaves that was packed earlier.
   * @throws {OutboxTakenError} as {@link pack}
   */
  mustBeOurs(): void;
  /**
   * Stores the intent to send these items (again) in a separate request. The org certainly has none of those that were
   * sent. Items that a correction has replaced in the meantime are left out of the batch, and their corrections go on.
   * @throws {Error} as {@link pack}
   */
  repack(items: readonly OutboxItem[]): Promise<Batch>;
  /**
   * Marks done keys that the org has twice, because a person has to decide about them. They belong to the run from now
   * on; without a run, to the next one that begins or is resumed. Keys of open items are left unchanged.
   */
  markDoubled(keys: readonly string[], run?: string): Promise<number>;
  /**
   * Stores what became of items. Resolves when it is on disk. Several calls may share one commit.
   * @param touched members whose progress has to be read: see {@link FollowedProgress}
   */
  settle(outcomes: readonly Outcome[], touched?: readonly string[]): Promise<void>;
  /** Stores why the items of these members cannot be sent yet, for the report. */
  noteFailure(members: readonly string[], failure: ItemFailure): Promise<void>;
  /** Returns unknown items whose waiting time has passed. */
  dueUnknown(now: number, limit: number): Promise<OutboxItem[]>;
  /**
   * Returns those of these unknown items that are the first unknown one of their member. The others now wait as long as
   * the first one, because nothing may happen to them in the org before it.
   */
  firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]>;
  /**
   * Returns when there is something to do next: 0 or a past time if there is now, undefined if nothing is left.
   * @param sends whether sending is one of the things to do
   */
  nextDue(sends: boolean): Promise<number | undefined>;
  /** Absent members whose items are held are to be looked up again. */
  recheckMembers(): Promise<void>;
  /** Returns done items whose journal Id was not in the answer and has not been looked up. */
  withoutJournalId(limit: number): Promise<OutboxItem[]>;
  /** Stores journal Ids. If `journalId` is undefined, the journal was not found, and is not looked up again. */
  recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void>;
  /** Returns the first items after this position that would be sent, in order. Empty if there are no more. */
  readyAfter(seq: number, limit: number): Promise<OutboxItem[]>;
  /** Refuses ready items that were not sent: for a dry run, which sends nothing. */
  refuseReady(refusals: readonly ItemRefusal[]): Promise<void>;
}

/** Why an item is refused. */
export interface ItemRefusal extends ItemFailure {
  readonly item: OutboxItem;
}

/** Selects items that need a person: those of one run, with one of these keys, or with one of these codes. */
export interface DeadLetterFilter {
  /** Id of a run. */
  readonly run?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
}

export interface DeadLetters {
  /**
   * Takes items up again, whatever run they come from: refused, parked, in conflict with the org, doubled. They become
   * `unknown`, so that they are looked up before they are sent, and belong to `into`. Returns how many.
   */
  takeUp(into: string, filter: DeadLetterFilter): Promise<number>;
  /** Returns those of these keys that the outbox (or the run) does not know. */
  unknownKeys(keys: readonly string[], run?: string): Promise<string[]>;
  /**
   * Returns the item, or `'lines'` for lines in conflict, that contradicts the org's content of a key. Returns
   * undefined if nothing does, and also while the item is open, because it is not known then whether the org has the
   * key.
   */
  contradictions(key: string): Promise<OutboxItem | 'lines' | undefined>;
  /**
   * Stores a person's decision that the org's journal is right: the key is done, and contradicting content is
   * overruled. `journalId` is undefined if the outbox knows that the org has the key.
   */
  keepOrg(into: string, key: string, journalId: string | undefined): Promise<void>;
}

/** What was found of a member who was erased. */
export interface Erasure {
  /** Transactions and single calls. */
  readonly transactions: number;
  /** Rows and sentences that named the member. */
  readonly texts: number;
  /** Folders of the results files of runs, which may name the member. */
  readonly folders: readonly string[];
}

/** A single call with a key, such as `credit points`: what we know of it, so that it happens once. */
export interface KeyedCall {
  readonly key: string;
  /** The member that it concerns, so that it can be erased with the member. */
  readonly member?: string | undefined;
  readonly hash: string;
  /** The member has been erased, and with them what the call was: only its key is known. */
  readonly isErased?: boolean | undefined;
  readonly state: 'sent' | 'done' | 'refused';
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** What the org said before the call, for calls that leave no trace of their key in the org. */
  readonly before: unknown;
  readonly answer: unknown;
}

export interface KeyedCalls {
  find(key: string): Promise<KeyedCall | undefined>;
  /**
   * Stores the intent to make a call, replacing what was `known` of its key. If somebody else has begun the call in the
   * meantime, stores nothing and returns false.
   */
  begin(call: KeyedCall, known: KeyedCall | undefined): Promise<boolean>;
  /** Stores what became of a call that was begun. */
  end(call: KeyedCall): Promise<void>;
}

/** What becomes of the items of an absent member. */
export interface AbsentReason {
  readonly code: string;
  readonly message: (member: string) => string;
  /**
   * `refuse` (the default) ends them, except those that `hold` has held before. `hold` makes them `held` with this
   * reason. `refuseHeld` ends all.
   */
  readonly policy?: 'refuse' | 'hold' | 'refuseHeld' | undefined;
}

/** An item that ended because its member does not exist. */
export interface EndedItem {
  readonly key: string;
  readonly member: string;
}
