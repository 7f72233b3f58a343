/**
 * What we still owe the org. The states of an item, and the picture of its life, are in `item.ts`.
 *
 * The outbox does no I/O towards the org and decides nothing about it: the sync room says what became of an item.
 * What a line with a known key is, it decides by the table in `sameKey.ts`.
 */
import type { Transaction } from '../transaction.js';
import type { Batch, ItemFailure, ItemState, Outcome, OutboxItem } from './item.js';
import type { ItemReport, LineReport, Run, RunCounts, RunEnding, RunNote, StopReason } from './runRecord.js';

/** The org and program that an outbox belongs to; record Ids alone do not tell a sandbox copy from its origin. */
export interface OutboxOwner {
  readonly orgId: string;
  readonly programId: string;
  /** Name of the program when the outbox was made. */
  readonly program: string;
  /** Length of TransactionJournal.ExternalTransactionNumber: every key keeps the number that it got at first. */
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
  /**
   * Makes the caller the only one that delivers from the outbox, in this process and in all others, until it releases
   * the lock or its process ends.
   * @throws {OutboxBusyError} when another process, or another caller in this process, holds it
   */
  lock(): Promise<OutboxLock>;
  /**
   * Erases a member: payloads, keys, number, single calls, and whatever text names them. The hash of each key stays, so
   * that nothing is ever sent again. Results files are left as they are; their rows of the member are not written anew.
   * @throws {OpenItemsError} while the outbox still owes the org something of the member
   * @throws {OutboxBusyError} while another program reads the file's log, which keeps old bytes until then
   */
  forget(member: string): Promise<Erasure>;
  /** Whom it belongs to; undefined for a new one. */
  owner(): Promise<OutboxOwner | undefined>;
  /** Content fields that this org changes when it stores a journal: they are not compared. */
  changedFields(): Promise<readonly string[]>;
  rememberChangedFields(fields: readonly string[]): Promise<void>;
  /** Binds a new outbox to an org and program, for good. */
  claim(owner: OutboxOwner): Promise<void>;
  close(): Promise<void>;
}

/** Disposing releases it. */
export type OutboxLock = Disposable;

export interface Runs {
  begin(settings: Record<string, unknown>): Promise<Run>;
  /** The run goes on in this process. What other runs left open belongs to it from now on, too. */
  resume(run: string): Promise<void>;
  end(run: string, ending: RunEnding, stopped?: StopReason): Promise<void>;
  note(run: string, note: RunNote): Promise<void>;
  /** The run with that id, or the latest. */
  find(id?: string): Promise<Run | undefined>;
  counts(run: string): Promise<RunCounts>;
  /** Items of the run as they were when it last had them. */
  items(run: string, states: readonly ItemState[]): Iterable<ItemReport>;
  lines(run: string): Iterable<LineReport>;
  /**
   * The first `lines` lines of a run stand in the results files of `folder`: the text of its rows goes from the outbox.
   * Of a run that has not ended, nothing goes.
   */
  exported(run: string, folder: string, lines: number): Promise<void>;
}

/** A stretch of a feed, stored in one commit with the position after it. */
export interface IntakeChunk {
  readonly run: string;
  readonly feed: string;
  readonly transactions: readonly { readonly line: number; readonly transaction: Transaction }[];
  readonly rejections: readonly LineReport[];
  readonly skipped: number;
  /** Groups of rows that ended in this stretch: see the feed room. */
  readonly endedGroups: readonly string[];
  readonly position: unknown;
  /** Set in the last chunk of a feed. */
  readonly complete: boolean;
  /** The org may have these transactions already: begin as `unknown`, so that they are looked up first. */
  readonly lookUpFirst: boolean;
  /** Lines of one file with the same key and content are one transaction, and need nobody. */
  readonly acceptsRepeats: boolean;
}

/** What the outbox knows of a source, and how far that can be proved. */
export interface SourceRecord {
  /** New transactions are looked up before they are sent. */
  readonly lookUpFirst: boolean;
  /**
   * A process has lived through one settle window since the outbox first met the source: whatever another process had
   * under way by then is in the org.
   */
  readonly windowPassed: boolean;
  /** Journals are counted from this time of the org on, in milliseconds since the epoch; undefined if nobody knows it. */
  readonly countedSince: number | undefined;
  /** So many journals of that time the org had when the count began, and when that was, by the org's time. */
  readonly counted: number;
  readonly countedAt: number | undefined;
  /** Journals that this outbox has brought about or found since. */
  readonly brought: number;
  /** Marks this outbox in the org, so that the answer to its own insert is recognized. */
  readonly ownerToken: string | undefined;
  /** The greatest epoch that this outbox has had. */
  readonly epoch: number;
  /** What a clean end wrote into the org, too. */
  readonly cleanEnd: string | undefined;
}

export interface Sources {
  /** Names of all sources that the outbox has met. */
  names(): Promise<string[]>;
  find(source: string): Promise<SourceRecord | undefined>;
  /** Other properties stay as they are. */
  remember(source: string, news: Partial<SourceRecord>): Promise<void>;
  /** Transactions of the source that were sent, and of which nobody knows whether the org has them. */
  inDoubt(source: string): Promise<number>;
  /** Transactions of the source that are unknown. */
  unsettled(source: string): Promise<number>;
  /** What is ready is looked up first: this outbox may not be the newest truth. Returns how many. */
  doubtReady(): Promise<number>;
  /** Imports keys that the org has and the outbox does not know: a line with one of them is looked up first. */
  importKeys(keys: readonly string[]): Promise<number>;
}

export interface Intake {
  /** Position after the last stored chunk of a feed, and whether it was the last. */
  progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined>;
  hasEndedGroup(run: string, feed: string, group: string): boolean;
  accept(chunk: IntakeChunk): Promise<void>;
}

export interface Delivery {
  /**
   * Begins the work of a process. Times of an earlier process mean nothing to this one: whatever was `sent`, or waited
   * in doubt, is `unknown` until `settledAt` of this process's clock; what waited for anything else waits no longer.
   */
  recover(settledAt: number): Promise<void>;
  /** Members with open items that nobody has looked for in the org yet. */
  uncheckedMembers(limit: number): Promise<string[]>;
  /**
   * Records which members the program has. Held items of those that it has become `unknown`. Of those that it has not,
   * ready items are refused, and held ones are again what they were. Returns how many items came to their end.
   */
  checkedMembers(found: readonly string[], absent: readonly string[], reason: AbsentReason): Promise<number>;
  /** Items of all runs that are open, but for those that wait for a person. */
  open(): Promise<number>;
  /** Most open items of one member: no schedule needs fewer requests than this. Cheap enough for every request. */
  longestQueue(): number;
  /**
   * Packs up to `count` batches and stores the intent to send them, in one commit. A batch is the first ready item of
   * up to `size` free members, longest queue first. None is packed that would have fewer than `atLeast` items.
   * @throws {OutboxTakenError} when another process has taken the outbox over; nothing may be sent then
   */
  pack(options: { size: number; atLeast: number; count: number; now: number }): Promise<Batch[]>;
  /**
   * Stores the intent to send these items (again) as a request of their own. Items that a correction has replaced
   * meanwhile are left out of the batch. @throws {Error} as {@link pack}
   */
  repack(items: readonly OutboxItem[]): Promise<Batch>;
  /**
   * The org has these keys twice, although they were done: a person has to decide. They belong to the run from now on;
   * without one, to the next run that begins or goes on. Keys of open items are left.
   */
  markDoubled(keys: readonly string[], run?: string): Promise<number>;
  /** Stores what became of items. Resolves when it is on disk, perhaps in one commit with what others settle. */
  settle(outcomes: readonly Outcome[]): Promise<void>;
  /** Stores why the items of these members cannot be sent yet, for the report. */
  noteFailure(members: readonly string[], failure: ItemFailure): Promise<void>;
  /** Unknown items whose time has come. */
  dueUnknown(now: number, limit: number): Promise<OutboxItem[]>;
  /**
   * Of these unknown items, each that is the first unknown one of its member. The others now wait as long as the one
   * in front of them: nothing may happen to them in the org before it.
   */
  firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]>;
  /**
   * When there is something to do next: 0 or in the past when there is now, undefined when nothing is left.
   * @param sends whether sending is among the things to do
   */
  nextDue(sends: boolean): Promise<number | undefined>;
  /** Items that are done, but whose journal Id the answer did not tell, and nobody has looked for. */
  withoutJournalId(limit: number): Promise<OutboxItem[]>;
  /** `journalId` is undefined for a journal that was looked for and not found: nobody looks for it again. */
  recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void>;
  /** The first items that would be sent, in their order. */
  firstReady(limit: number): Promise<OutboxItem[]>;
}

/** Which items that need a person: those of one run, with one of these keys, or with one of these codes. */
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
  /** Of these keys, those that the outbox (or the run) does not know. */
  unknownKeys(keys: readonly string[], run?: string): Promise<string[]>;
  /**
   * The item, or lines in conflict, that contradict the org's content of a key. Undefined when nothing does, and while
   * the item is open: nobody knows then that the org has the key.
   */
  contradictions(key: string): Promise<OutboxItem | 'lines' | undefined>;
  /**
   * A person has decided that the org's journal is right: the key is done, and what contradicted it is overruled.
   * `journalId` is undefined where the outbox knows that the org has the key.
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
  /** Whom it is about, so that it is erased with them. */
  readonly member?: string | undefined;
  readonly hash: string;
  /** The member has been erased, and with them what the call was: only its key is known. */
  readonly isErased?: boolean | undefined;
  readonly state: 'sent' | 'done' | 'refused';
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** What the org said before the call, where the call itself leaves no trace of its key. */
  readonly before: unknown;
  readonly answer: unknown;
}

export interface KeyedCalls {
  find(key: string): Promise<KeyedCall | undefined>;
  /**
   * Stores the intent to make a call, in place of what was `known` of its key.
   * False, and nothing is stored, if somebody else has begun it meanwhile.
   */
  begin(call: KeyedCall, known: KeyedCall | undefined): Promise<boolean>;
  /** Stores what became of a call that was begun. */
  end(call: KeyedCall): Promise<void>;
}

/** Why the items of an absent member are refused. */
export interface AbsentReason {
  readonly code: string;
  readonly message: (member: string) => string;
}
