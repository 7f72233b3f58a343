import type { Transaction } from '../transaction.js';

/**
 * The life of an item. Every transaction that intake accepts becomes an **item** and stays one for ever; only its state
 * changes:
 *
 *            ┌────────── the org said no for now, and nothing can have been committed ──────────┐
 *            ▼                                                                                  │
 *  held ─▶ ready ──packed, intent on disk──▶ sent ──answered──▶ done     the org has it, and ran it
 *            ▲                                │  ├────────────▶ refused  no for good: a dead letter
 *            │                                │  └──────────────────────────────────────────────┘
 *            │                                └──no answer──▶ unknown ──window over, looked up──▶ done | refused
 *            └─────────────────────────────────────── absent ─────┘     parked, conflictInOrg, doubled: a person decides
 *
 * - `held`: refused before because its member did not exist; waits until somebody has looked for the member again.
 * - `sent` is on disk before the bytes leave. A process that starts and finds `sent` items knows that somebody died
 *   while waiting for an answer: they become `unknown`.
 * - `unknown` items wait for their time, because a request whose client has gone may still commit. An item also begins
 *   as `unknown` when the org may have it from elsewhere: then it is looked up before it is sent for the first time.
 * - `refused` stays so until somebody asks for it to be taken up again: it becomes `unknown`. The order of its member's
 *   items is broken then, knowingly.
 * - `parked`: the org has something that only a person can judge. It blocks its member.
 * - `conflictInOrg`: the org has a journal with this key and other content. `doubled`: it has several. Both are final.
 * - `replaced`: a correction took its place before it was known to be in the org.
 *   What is on its way at that time stays `sent` until its answer is there, and its correction is looked up after that.
 *
 * All items of one member form that member's **queue**; a member's number is compared without case, as the org does. A
 * queue is blocked while one of its items is held, sent, unknown or parked, so that the order of the feed is the order
 * in the org.
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

/** States that the engine works on by itself, and `parked`, which holds its member up until a person decides. */
export const openStates: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked'];

/** States that only a person can end. */
export const personStates: readonly ItemState[] = ['refused', 'parked', 'conflictInOrg', 'doubled'];

/** How an item came into a run. */
export type ItemOrigin =
  /** Its key was not known before. */
  | 'new'
  /** Its key was known with other content, of which the org had nothing as far as we knew. */
  | 'corrected'
  /** Refused before because its member did not exist, and read again. */
  | 'takenUpByItself'
  /** Taken up again by `retry`. */
  | 'takenUpAgain'
  /** Open when the run began, or waiting for a person and read again. */
  | 'carriedOver';

export interface OutboxItem extends Transaction {
  /** Position in the outbox: per member, the order in which the org must see the items. */
  readonly seq: number;
  readonly state: ItemState;
  /** How often it was sent, counting what it replaced. */
  readonly attempts: number;
  /** `retry` took it up again, so that a failed journal of the org may be given its content. */
  readonly mayMend: boolean;
  /** So many journals of it have been counted for its source. */
  readonly counted: number;
}

/** Items that leave in one request, at most one for each member. */
export interface Batch {
  readonly requestId: string;
  readonly items: readonly OutboxItem[];
}

/** What the org or the network said last of an item. */
export interface ItemFailure {
  readonly code: string;
  readonly message: string;
}

/** Journals of the org that a look-up found, as times of the org in milliseconds since the epoch. */
export type FoundAt = readonly number[];

/** What became of an item. `until`: do nothing with it before that time of the monotonic clock, in milliseconds. */
export type Outcome = { readonly item: OutboxItem } & (
  | {
      readonly to: 'done';
      readonly journalId: string | undefined;
      /** The org had it already: a look-up found it. */
      readonly found: boolean;
      /** False where the answer shows that nothing changed for the member; undefined where nobody knows. */
      readonly effect?: boolean | undefined;
      /** The journal was cancelled in the org. */
      readonly cancelled?: boolean | undefined;
      readonly foundAt?: FoundAt | undefined;
    }
  | ({
      readonly to: 'refused' | 'parked' | 'conflictInOrg' | 'doubled';
      readonly journalId?: string;
      readonly foundAt?: FoundAt | undefined;
    } & ItemFailure)
  | {
      readonly to: 'ready' | 'unknown';
      readonly until: number;
      readonly failure?: ItemFailure | undefined;
      /** Not a byte has left since the intent to send was stored. */
      readonly neverLeft?: boolean;
    }
);
