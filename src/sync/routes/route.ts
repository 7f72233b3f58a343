import type { JournalRow } from '../../client/index.js';
import type { BareItem, Outcome, OutboxItem } from '../../outbox/index.js';
import type { Failure } from '../attempt.js';
import type { FoundVerdict } from '../judgeFound.js';

/** An item, and a journal of it that the org has stored and not run. */
export interface Unrun<Item extends BareItem = OutboxItem> {
  readonly item: Item;
  readonly journal: Pick<JournalRow, 'Id' | 'CreatedDate'>;
}

/** An item that failed alone, in a request that succeeded as a whole. */
export interface FailedItem<Item extends BareItem = OutboxItem> {
  readonly item: Item;
  readonly failure: Failure;
}

/** What the org answered for each item of a request. */
export interface RouteAnswer {
  /** Items that the org has stored and run. */
  readonly outcomes: readonly Outcome[];
  /** Items that the org has stored and not run. */
  readonly unrun?: readonly Unrun[];
  readonly failed?: readonly FailedItem[];
}

/** What would be sent of an item. */
export interface Draft {
  readonly item: OutboxItem;
  /** Fields of a journal or a record, or inputs of a process or an action: those of the request. */
  readonly sent: Readonly<Record<string, unknown>>;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  /** Items of which nothing can be sent. */
  readonly failed: readonly FailedItem[];
}

export type RouteRequest = () => Promise<RouteAnswer>;

/**
 * A way into the org. The intent of a request is on disk before a route gets it, so a route need not remember anything:
 * whatever has no answer is looked up.
 *
 * Its methods throw what the client throws, which then concerns all items of the call.
 */
export interface Route {
  /**
   * Returns what would be sent of these items, and sends nothing. What it refuses, a request refuses, too: both check with
   * the same code. But a member who does not exist may be one who would be enrolled, and is not refused here.
   */
  draft(items: readonly OutboxItem[]): Drafts | Promise<Drafts>;
  /**
   * Returns a request with these items, which leaves when it is called. The org has none of them. What has to be asked
   * before is asked here, so that a question without an answer leaves nothing in doubt. A request that waits for anything
   * before it leaves must ask again whether the outbox is still ours.
   */
  prepare(items: readonly OutboxItem[]): RouteRequest | Promise<RouteRequest>;
  /** Most journals that `run` takes. */
  readonly mostRun: number;
  /** Runs journals that the org has stored and not run. */
  run(unrun: readonly Unrun[]): Promise<RouteAnswer>;
  /**
   * Whether the org keeps no journal of what it has done, so that nothing in it names the key. Then what the org confirms
   * cannot be looked up either.
   */
  readonly leavesNoJournal?: boolean;
  /** Finds out what the org has of items whose answer was lost, or that another sender may have sent. */
  lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>>;
}

/** For a route whose look-ups find nothing that is to be run. */
export function neverRun(): Promise<never> {
  return Promise.reject(new Error('This route has nothing to run.'));
}
