import type {
  BareItem,
  BareOutcome,
  Batch,
  DoneJournal,
  ItemFailure,
  OutboxItem,
  PositionBatch,
  PreparedDone,
} from './item.js';

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
  pack(options: PackingWish): Promise<Batch[]>;
  /** The same, but returns the positions of the items alone: a job of the bulk route has a hundred thousand. */
  packPositions(options: PackingWish): Promise<PositionBatch[]>;
  /** Reads items that are under way, in the order of these positions. */
  read(positions: readonly number[]): Promise<OutboxItem[]>;
  /** The same without their content. */
  readBare(positions: readonly number[]): Promise<BareItem[]>;
  /**
   * Called right before anything leaves: its intent may have been stored long ago.
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
   * @param touched members whose progress has to be read: see `FollowedProgress`
   */
  settle(outcomes: readonly BareOutcome[], touched?: readonly string[]): Promise<void>;
  /**
   * Makes ready what {@link settle} would store if these items, which are under way, were done. Nothing is stored, so that
   * they stay under way if the process dies. Returns undefined if a batch of these items also has others, or if one of
   * them was settled before.
   */
  prepareDone(done: readonly DoneJournal[]): Promise<PreparedDone | undefined>;
  /**
   * Stores that these items are done, like {@link settle}. Returns false if something has become of any of them since they
   * were prepared: nothing is stored then, and each has to be settled.
   * @throws {OutboxTakenError} if another process delivers by now
   */
  settlePrepared(prepared: PreparedDone): Promise<boolean>;
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

/** Which batches are packed: see {@link Delivery.pack}. */
export interface PackingWish {
  readonly size: number;
  readonly atLeast: number;
  readonly count: number;
  readonly now: number;
  readonly perMember?: number | undefined;
}

/** Why an item is refused. */
export interface ItemRefusal extends ItemFailure {
  readonly item: OutboxItem;
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
