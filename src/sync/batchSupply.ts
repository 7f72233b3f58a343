import type { Batch, PackingWish } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';
import type { OpenCount } from './openCount.js';
import type { PackingChoice, Preference } from './packingChoice.js';
import { fewest } from './packingRule.js';
import type { PackingRule } from './packingRule.js';

export interface BatchSupplyOptions<Packed> {
  /** Packs batches, and stores the intent to send them. */
  readonly pack: (wish: PackingWish) => Promise<Packed[]>;
  /**
   * Sends a batch, and stores the outcome of every item.
   * @param answered called when another one may follow
   */
  readonly send: (batch: Packed, answered: () => void) => Promise<void>;
  /** Makes the items of a batch ready again that will not be sent. */
  readonly takeBack: (batch: Packed) => Promise<void>;
  readonly state: DeliveryState;
  readonly open: OpenCount;
  readonly rule: PackingRule;
  readonly choice: PackingChoice;
  /** Most items of one member in a batch. */
  readonly perMember: number;
  /** Calls that are needed besides. */
  readonly otherCalls: () => number;
}

/** How many batches are wanted. */
export interface Wanted {
  /** Requests that may be added to those in progress. */
  readonly free: number;
  /** Whether no request is in progress. */
  readonly isAlone: boolean;
  /** Whether more items can be packed soon. */
  readonly isFilling: boolean;
  /** Whether items come one by one and must leave in time. */
  readonly isLive: boolean;
}

/** Of all connections, the share for which a batch is made ready while they wait. */
const shareAhead = 1 / 4;
/** Most items that are packed at a time while answers take long, so that the first request need not wait for the last. */
const mostAtOnce = 400;

/** Sends a batch. Calls `answered` when another one may follow. */
export type Dispatch = (answered: () => void) => Promise<void>;

/** Packs the batches that {@link PackingRule} lets leave, and knows which items are in progress. */
export class BatchSupply<Packed extends Batch<unknown> = Batch> {
  readonly #options: BatchSupplyOptions<Packed>;
  #inBatches = 0;
  #ahead: Packed[] = [];

  constructor(options: BatchSupplyOptions<Packed>) {
    this.#options = options;
  }

  /** What is preferred now. */
  get preference(): Preference {
    const { state, open, choice, otherCalls } = this.#options;
    const requests = fewest(open.now, { size: state.pace.batchSize, longest: this.#longest });
    return choice.preference(requests + otherCalls());
  }

  /** Whether batches are ready that have not left. */
  get hasAhead(): boolean {
    return this.#ahead.length > 0;
  }

  /** Returns what sends batches whose intent is stored: those that are ready, or else new ones. */
  async next(wanted: Wanted): Promise<Dispatch[]> {
    const batches = await this.#next(wanted);
    const { send } = this.#options;
    return batches.map((batch) => (answered) => send(batch, answered).finally(() => this.#ended(batch)));
  }

  async #next(wanted: Wanted): Promise<Packed[]> {
    const { pace, delivery } = this.#options.state;
    if (this.#ahead.length > 0) {
      delivery.mustBeOurs();
      return this.#ahead.splice(0, wanted.free);
    }
    const most = pace.hasLongAnswers ? Math.max(1, Math.floor(mostAtOnce / pace.batchSize)) : wanted.free;
    return this.#packed({ ...wanted, free: Math.min(wanted.free, most) });
  }

  /**
   * Makes a full batch ready while all connections wait, so that the next request leaves as soon as an answer has come.
   * Not where the longest queue decides how long the run takes: its next item must not wait behind what is ready. Returns
   * whether there is one more.
   */
  async packAhead(isLive: boolean): Promise<boolean> {
    const { state, open } = this.#options;
    const { batchSize: size, concurrency, hasLongAnswers } = state.pace;
    const isEven = this.#longest * concurrency * size <= open.now;
    if (
      !hasLongAnswers ||
      isLive ||
      !isEven ||
      this.#ahead.length >= concurrency * shareAhead ||
      this.preference === 'calls'
    ) {
      return false;
    }
    const batches = await this.#packed({ free: 1, isAlone: false, isFilling: true, isLive });
    this.#ahead.push(...batches);
    return batches.length > 0;
  }

  /** Takes batches back that will not leave, because the delivery ends. */
  async takeBack(): Promise<void> {
    const batches = this.#ahead;
    this.#ahead = [];
    for (const batch of batches) this.#ended(batch);
    await Promise.all(batches.map((batch) => this.#options.takeBack(batch)));
  }

  async #packed(wanted: Wanted): Promise<Packed[]> {
    const batches = await this.#pack(wanted);
    this.#options.rule.packed(batches.length);
    for (const { items } of batches) this.#inBatches += items.length;
    return batches;
  }

  /** Records that a batch is no longer in progress. */
  #ended({ items }: Packed): void {
    this.#inBatches -= items.length;
  }

  async #pack(wanted: Wanted): Promise<Packed[]> {
    const { state, open, rule, perMember, pack } = this.#options;
    const size = state.pace.batchSize;
    const backlog = { had: open.now + state.settled, waiting: open.now - this.#inBatches, longest: this.#longest };
    const { full, partlyFilled, only } = rule.ask(this.preference, { size, ...wanted, ...backlog });
    const now = state.clock.monotonic();
    const count = Math.min(wanted.free, full + +partlyFilled);
    const atLeast = partlyFilled ? 1 : size;
    const batches = count === 0 ? [] : await pack({ size, atLeast, count, now, perMember });
    if (batches.length > 0 || !only || partlyFilled) return batches;
    return pack({ size, atLeast: 1, count: 1, now, perMember });
  }

  /** Requests that the longest queue needs. */
  get #longest(): number {
    return Math.ceil(this.#options.state.delivery.longestQueue() / this.#options.perMember);
  }
}
