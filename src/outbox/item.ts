import type { Transaction } from '../transaction.js';

/**
 * The life of an item. Every transaction that intake accepts becomes an **item** and remains one forever. Only its
 * state changes:
 *
 *            ┌────────── the org said no for now, and nothing can have been committed ──────────┐
 *            ▼                                                                                  │
 *  held ─▶ ready ──packed, intent on disk──▶ sent ──answered──▶ done     the org has it, and ran it
 *            ▲                                │  ├────────────▶ refused  no for good: a dead letter
 *            │                                │  └──────────────────────────────────────────────┘
 *            │                                └──no answer──▶ unknown ──window over, looked up──▶ done | refused
 *            └─────────────────────────────────────── absent ─────┘     parked, conflictInOrg, doubled: a person decides
 *
 * - `held`: its member does not exist. It waits until the member does, if a run is told to hold such items; or until the
 *   member has been looked up again, if it was refused before because of that and was read again.
 * - `sent`: this state is on disk before the first byte is sent. If a process starts and finds `sent` items, an earlier
 *   process has died while it waited for an answer, so they become `unknown`.
 * - `unknown`: it waits, because a request may still commit after its client has gone. An item also begins as `unknown`
 *   when the org may have it from elsewhere. It is then looked up before it is sent for the first time.
 * - `refused`: it stays so until somebody takes it up again, which makes it `unknown`. This deliberately breaks the order
 *   of its member's items.
 * - `parked`: the org has something that only a person can judge. It blocks its member.
 * - `conflictInOrg`: the org has a journal with this key and other content. `doubled`: it has several. Both are final.
 * - `replaced`: a correction replaced it before it was known to be in the org. An item that is being sent at that time
 *   stays `sent` until its answer arrives, and its correction is looked up after that.
 *
 * All items of one member form that member's **queue**. Member numbers are compared without case, as in the org. A queue
 * is blocked while one of its items is held, sent, unknown or parked, so that the org receives the items in the order of
 * the feed.
 */
export const itemStates = [
  'held',
  'ready',
  'sent',
  'unknown',
  'parked',
  'done',
  'refused',
  'conflictInOrg',
  'doubled',
  'replaced',
] as const;
export type ItemState = (typeof itemStates)[number];

/** States that the engine works on without a person, and `parked`, which blocks its member until a person decides. */
export const openStates: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked'];

/** States that only a person can end. */
export const personStates: readonly ItemState[] = ['refused', 'parked', 'conflictInOrg', 'doubled'];

/** How an item came to belong to a run. */
export type ItemOrigin =
  /** Its key was not known before. */
  | 'new'
  /** Its key was known with different content, and as far as we knew, the org did not have that. */
  | 'corrected'
  /** It was refused before because its member did not exist, and has been read again. */
  | 'takenUpByItself'
  /** It was taken up again by `retry`. */
  | 'takenUpAgain'
  /** It was open when the run began, or was waiting for a person and has been read again. */
  | 'carriedOver';

export interface OutboxItem extends Transaction {
  /** Position in the outbox. For each member, this is the order in which the org must receive the items. */
  readonly seq: number;
  readonly state: ItemState;
  /** How often it was sent, including the items that it replaced. */
  readonly attempts: number;
  /** Whether `retry` took it up again, so that a failed journal of the org may get its content. */
  readonly mayMend: boolean;
}

/** An item without its content. */
export type BareItem = Omit<OutboxItem, 'journal'>;

/** Items that are sent together: one of each member, or the first few in their order. */
export interface Batch<Item = OutboxItem> {
  readonly items: readonly Item[];
}

/** Positions of items that are sent together, those of a member one after the other. */
export interface PositionBatch extends Batch<number> {
  /** Whose they are. */
  readonly members: readonly MemberShare[];
}

/** How many items of a batch are of a member. */
export interface MemberShare {
  readonly member: string;
  readonly items: number;
}

/** What became of an item, whoever has its content. */
export type BareOutcome = Outcome<BareItem>;

/** The latest error of the org or the network about an item. */
export interface ItemFailure {
  readonly code: string;
  readonly message: string;
}

/** A journal that a look-up found, and when it was created, by the org's clock, in milliseconds since the epoch. */
export interface FoundJournal {
  readonly id: string;
  readonly createdAt: number;
}

/** The journal of an item that is done as soon as the org has run it. */
export interface DoneJournal {
  readonly item: BareItem;
  readonly journalId: string;
}

/** What {@link Delivery.prepareDone} has made ready. Only the outbox knows what is in it. */
export interface PreparedDone {
  /** How many items it settles. */
  readonly items: number;
}

/**
 * What became of an item. `until`: nothing may happen to it before that time of the monotonic clock, in milliseconds.
 */
export type Outcome<Item extends BareItem = OutboxItem> = {
  readonly item: Item;
  /** Whether the route that advances progress has found out that the increment did not count. */
  readonly endsIncrement?: boolean;
} & (
  | {
      readonly to: 'done';
      readonly journalId: string | undefined;
      /** Whether a look-up found it, because the org had it already. */
      readonly found: boolean;
      /** False if the answer shows that nothing changed for the member. Undefined if that is not known. */
      readonly effect?: boolean | undefined;
      /** Whether the journal was cancelled in the org. */
      readonly cancelled?: boolean | undefined;
      readonly journals?: readonly FoundJournal[] | undefined;
    }
  | ({
      readonly to: 'refused' | 'parked' | 'conflictInOrg' | 'doubled';
      readonly journalId?: string;
      readonly journals?: readonly FoundJournal[] | undefined;
    } & ItemFailure)
  | {
      readonly to: 'ready' | 'unknown';
      readonly until: number;
      readonly failure?: ItemFailure | undefined;
      /** Whether not a single byte was sent since the intent to send was stored. */
      readonly neverLeft?: boolean;
    }
);
