/**
 * What we still owe the org.
 *
 * Every transaction that intake accepts becomes an **item** and stays one for ever; only its state changes:
 *
 *            ┌────────── the org said no for now, and nothing can have been committed ──────────┐
 *            ▼                                                                                  │
 *  held ─▶ ready ──packed, intent on disk──▶ sent ──answered──▶ done     the org has it, and ran it
 *            ▲                                │  ├────────────▶ refused  no for good: a dead letter
 *            │                                │  └──────────────────────────────────────────────┘
 *            │                                └──no answer──▶ unknown ──window over, looked up──▶ done | refused
 *            └─────────────────────────────────────── absent ─────┘     parked: a person decides
 *
 * - `sent` is on disk before the bytes leave. A process that starts and finds `sent` items knows that somebody died
 *   while waiting for an answer: they become `unknown`.
 * - An item also begins as `unknown` when the org may have it from elsewhere (an outbox without history): it is looked
 *   up before it is sent for the first time.
 * - `unknown` items wait for their time, because a request whose client has gone may still commit. One whose journal the
 *   org holds but has not run is sent again by the journal's Id, after the unknown items of its member in front of it.
 * - A `refused` item stays so until a person asks for it to be taken up again: it becomes `unknown`. The order of its
 *   member's items is broken then, knowingly.
 * - All items of one member form that member's **lane**; a member's number is compared without case, as the org does.
 *   A lane is blocked while one of its items is sent, unknown, held or parked, so that the order of the feed is the order in
 *   the org. A refusal unblocks it.
 *
 * The outbox does no I/O towards the org and decides nothing: the sync room says what became of an item.
 */
import type { Transaction } from '../transaction.js';

export type ItemState = 'held' | 'ready' | 'sent' | 'unknown' | 'parked' | 'done' | 'refused';

export interface OutboxItem extends Transaction {
  /** Position in the outbox: per member, the order in which the org must see the items. */
  readonly seq: number;
  readonly state: ItemState;
  /** How often it was sent. */
  readonly attempts: number;
}

/** Items that leave in one request, at most one for each member. */
export interface Batch {
  readonly requestId: string;
  /** Milliseconds since the epoch at which the intent was stored. */
  readonly sentAt: number;
  readonly items: readonly OutboxItem[];
}

/** What became of an item. `until`: do nothing with it before that time (milliseconds since the epoch). */
export type Outcome = { readonly item: OutboxItem } & (
  | { readonly to: 'done'; readonly journalId: string | undefined }
  | { readonly to: 'refused' | 'parked'; readonly code: string; readonly message: string }
  | { readonly to: 'ready'; readonly until: number }
  | { readonly to: 'unknown'; readonly until: number }
);

/** One invocation of `sync start`, and every `sync resume` of it. */
export interface Run {
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Everything that a resume needs and that is no secret: feeds, mapping file, settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ending: RunEnding | undefined;
}

/** `planned`: a dry run. */
export type RunEnding = 'planned' | 'complete' | 'unfinished' | 'interrupted' | 'stopped' | 'failed';

/** A row of the feed that could not become an accepted transaction. */
export interface Reject {
  readonly kind: 'rejection' | 'conflict';
  readonly feed: string;
  readonly line: number;
  readonly column?: string | undefined;
  readonly value?: string | undefined;
  readonly key?: string | undefined;
  /** Stable code, such as `missing-member`. */
  readonly code: string;
  readonly message: string;
  readonly raw?: string | undefined;
}

/** A stretch of a feed, stored in one commit with the position after it. */
export interface IntakeChunk {
  readonly run: string;
  readonly feed: string;
  readonly transactions: readonly { readonly line: number; readonly transaction: Transaction }[];
  readonly rejections: readonly Reject[];
  readonly skipped: number;
  /** Groups of rows that ended in this stretch: see the feed room. */
  readonly endedGroups: readonly string[];
  readonly position: unknown;
  /** Set in the last chunk of a feed. */
  readonly complete: boolean;
  /** The org may have these transactions already: begin as `unknown`, so that they are looked up first. */
  readonly lookUpFirst: boolean;
}

/**
 * Counts of one run. Rows: `read = used + skipped + rejected`. Transactions: `made = accepted + duplicate + conflict`,
 * `accepted = done + refused + ready + sent + unknown + held + parked`.
 */
export interface RunCounts {
  readonly rows: { read: number; used: number; skipped: number; rejected: number };
  readonly transactions: { made: number; accepted: number; duplicate: number; conflict: number } & Record<
    ItemState,
    number
  >;
}

/** An item in a report: what a person or a script needs to act on it. */
export interface ItemReport {
  readonly key: string;
  readonly member: string;
  readonly state: ItemState;
  readonly journalId: string | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly attempts: number;
  /** How often it was taken up again after a refusal. */
  readonly retries: number;
}

export interface Outbox extends AsyncDisposable {
  /** Where it is: a path or a name that a person can use. */
  readonly name: string;
  readonly runs: Runs;
  readonly intake: Intake;
  readonly delivery: Delivery;
  readonly deadLetters: DeadLetters;
  readonly calls: KeyedCalls;
  /**
   * Makes this process the only one that delivers from the outbox until it is closed.
   * @throws {OutboxBusyError} when another process holds it
   */
  lock(): Promise<void>;
  close(): Promise<void>;
}

export interface Runs {
  begin(settings: Record<string, unknown>): Promise<Run>;
  /** The run goes on in this process. */
  resume(run: string): Promise<void>;
  end(run: string, ending: RunEnding): Promise<void>;
  /** The run with that id, or the latest. */
  find(id?: string): Promise<Run | undefined>;
  counts(run: string): Promise<RunCounts>;
  /** How many items of a run were taken up again after a refusal. */
  retried(run: string): Promise<number>;
  items(run: string, states: readonly ItemState[]): Iterable<ItemReport>;
  rejects(run: string): Iterable<Reject>;
}

export interface Intake {
  /** Whether new transactions of the source are looked up first; undefined for a source that was never seen. */
  looksUpFirst(source: string): Promise<boolean | undefined>;
  rememberSource(source: string, lookUpFirst: boolean): Promise<void>;
  /** Position after the last stored chunk of a feed, and whether it was the last. */
  progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined>;
  hasEndedGroup(run: string, feed: string, group: string): boolean;
  accept(chunk: IntakeChunk): Promise<void>;
}

export interface Delivery {
  /** Marks what an earlier process left `sent` as `unknown`, until its settle window has passed. Returns how many. */
  recover(settleWindow: number): Promise<number>;
  /** Members with open items that nobody has looked for in the org yet. */
  uncheckedMembers(limit: number): Promise<string[]>;
  /**
   * Records which members the program has, and refuses the ready items of those that it has not. Returns how many.
   * What of an absent member is on its way is settled first; what then is ready has its member looked for again.
   */
  checkedMembers(found: readonly string[], absent: readonly string[], reason: AbsentReason): Promise<number>;
  /** Items of all runs that are neither done nor refused. */
  open(): Promise<number>;
  /** Most open items of one member: no schedule needs fewer requests than this. Cheap enough for every request. */
  longestLane(): number;
  /**
   * Packs up to `count` batches and stores the intent to send them, in one commit. A batch is the first ready item of
   * up to `size` free lanes, longest lane first. None is packed that would have fewer than `atLeast` items.
   */
  pack(options: { size: number; atLeast: number; count: number; now: number }): Promise<Batch[]>;
  /** Stores the intent to send these items (again) as a request of their own. */
  repack(items: readonly OutboxItem[], now: number): Promise<Batch>;
  /** Stores what became of items. Resolves when it is on disk, perhaps in one commit with what others settle. */
  settle(outcomes: readonly Outcome[]): Promise<void>;
  /** Unknown items whose time has come. */
  dueUnknown(now: number, limit: number): Promise<OutboxItem[]>;
  /**
   * Of these unknown items, each that is the first unknown one of its member. The others now wait as long as the one
   * in front of them: nothing may happen to them in the org before it.
   */
  firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]>;
  /** When there is something to do next: 0 or in the past when there is now, undefined when nothing is left. */
  nextDue(): Promise<number | undefined>;
  /** Items that are done, but whose journal id the answer did not tell, and nobody has looked for. */
  withoutJournalId(limit: number): Promise<OutboxItem[]>;
  /** `journalId` is undefined for a journal that was looked for and not found: nobody looks for it again. */
  recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void>;
}

/** Which of a run's refused items: all, or those with one of these keys, or with one of these codes of refusal. */
export interface DeadLetterFilter {
  readonly keys?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
}

export interface DeadLetters {
  /**
   * Takes refused items of a run up again: they become `unknown`, so that they are looked up before they are sent.
   * Their members are looked for again. Returns how many.
   */
  retry(run: string, filter: DeadLetterFilter): Promise<number>;
  /** Of these keys, those that no transaction of the run has. */
  unknownKeys(run: string, keys: readonly string[]): Promise<string[]>;
}

/** A single call with a key, such as `credit points`: what we know of it, so that it happens once. */
export interface KeyedCall {
  readonly key: string;
  readonly hash: string;
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
