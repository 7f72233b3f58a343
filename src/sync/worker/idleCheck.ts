import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { Delivery } from '../../outbox/index.js';
import { defaults, defaultWait } from '../syncOptions.js';
import type { SyncProgress } from '../syncOptions.js';

export interface IdleCheckOptions {
  readonly outbox: { readonly delivery: Pick<Delivery, 'open'> };
  readonly clock?: MonotonicClock | undefined;
  /** Milliseconds. */
  readonly settle?: number | undefined;
  /** Milliseconds without any movement after which a delivery cannot go on. */
  readonly wait?: number | undefined;
}

/** Tells when a delivery has nothing left to do, or cannot do it. */
export class IdleCheck {
  readonly #options: IdleCheckOptions;
  readonly #clock: MonotonicClock;
  /** Rows that were read, and transactions that were settled. */
  #moved = 0;
  #movedAt: number;

  constructor(options: IdleCheckOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#movedAt = this.#clock.monotonic();
  }

  hear(progress: SyncProgress): void {
    const moved = progress.settled + progress.read;
    if (moved !== this.#moved) this.#movedAt = this.#clock.monotonic();
    this.#moved = moved;
  }

  /** @param isAllRead whether nothing is left to read */
  async isIdle(isAllRead: boolean): Promise<boolean> {
    const { outbox, settle = defaults.settle, wait = defaultWait(settle) } = this.#options;
    const isDone = isAllRead && (await outbox.delivery.open()) === 0;
    return isDone || this.#clock.monotonic() > this.#movedAt + wait;
  }
}
