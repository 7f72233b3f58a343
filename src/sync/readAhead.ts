import type { DeliveryState } from './deliveryState.js';
import type { OpenCount } from './openCount.js';
import type { Preference } from './packingChoice.js';
import type { RowFlow } from './rowFlow.js';

/**
 * Most open items while a feed is being read. It is this large because a request has one item of a member, or a few:
 * to fill requests, the packer must see many members, and the backlog of a few busy members counts, too.
 */
export const mostOpenWhileReading = 200_000;

/** Milliseconds after which a feed that brings nothing is not waited for: what was read is sent. */
const slowReading = 1000;

export interface ReadAheadOptions {
  readonly state: DeliveryState;
  readonly open: OpenCount;
  /** Undefined if there is nothing to read. */
  readonly flow?: RowFlow | undefined;
  readonly mostOpen?: number | undefined;
  readonly preference: () => Preference;
  /** Called for every stretch that was read, with the number of its rows. */
  readonly onRows: (rows: number) => void;
}

/**
 * Decides when a delivery reads on in its feeds. Reading pauses while more than `mostOpen` items are open, so that what
 * is kept in memory does not grow with the feed. Where few calls are preferred, everything is read first.
 */
export class ReadAhead {
  readonly #options: ReadAheadOptions;
  #since = 0;
  /** In a live flow: when a batch leaves that is not full. */
  #flushAt: number | undefined;

  constructor(options: ReadAheadOptions) {
    this.#options = options;
  }

  /** Whether the next stretch can be read now. */
  get mayReadOn(): boolean {
    return this.hasRest && !this.isReading && !this.#isPaused;
  }

  get hasRest(): boolean {
    return this.#options.flow?.isOver === false;
  }

  get isReading(): boolean {
    return this.#options.flow?.isReading === true;
  }

  /** Whether the flow goes on until it is told to end. */
  get isLive(): boolean {
    return this.hasRest && this.#options.flow?.flushAfter !== undefined;
  }

  /** Whether rows that are read later may have details of members: a flow that does not end is not waited for. */
  get mayBringDetails(): boolean {
    const { open, mostOpen = mostOpenWhileReading } = this.#options;
    return this.hasRest && !this.isLive && open.now <= mostOpen;
  }

  /** Whether more items can be expected soon. */
  get isFlowing(): boolean {
    if (this.isLive) return this.#options.state.clock.monotonic() < (this.#flushAt ?? 0);
    if (!this.hasRest || this.#isPaused) return false;
    return this.#options.preference() === 'calls' || this.#options.state.clock.monotonic() < this.slowAt;
  }

  /** From this time of the monotonic clock on, the stretch that is being read is not waited for. */
  get slowAt(): number {
    return this.isLive ? (this.#flushAt ?? 0) : this.#since + slowReading;
  }

  /** Records that everything that can be sent has left, full or not. */
  flushed(): void {
    this.#flushAt = undefined;
  }

  /**
   * Reads and stores the next stretch.
   * @throws {Error} if the feed cannot be read
   */
  async readOn(): Promise<void> {
    const { flow, state, open, onRows } = this.#options;
    this.#since = state.clock.monotonic();
    const rows = (await flow?.readOn()) ?? 0;
    state.movedOn();
    if (rows > 0 && flow?.flushAfter !== undefined) this.#flushAt ??= state.clock.monotonic() + flow.flushAfter;
    await open.count();
    onRows(rows);
  }

  async end(): Promise<void> {
    await this.#options.flow?.end();
  }

  get #isPaused(): boolean {
    const { open, mostOpen = mostOpenWhileReading, preference } = this.#options;
    return open.now > mostOpen && preference() === 'speed';
  }
}
