import type { Clock } from '../../base/clock.js';

/**
 * The limit of production orgs and sandboxes ("API Request Limits and Allocations"). Developer and trial orgs have 5.
 */
const defaultMax = 25;
const defaultLong = 20_000;

/**
 * Long-running API calls. While there are too many, the org refuses all further calls. Short calls are not limited.
 * Only calls with a planned time can be long, so only those are counted.
 */
export class LongRequests {
  /** Maximum number of long calls in progress. */
  max = defaultMax;
  /** Milliseconds after which a call counts as long. */
  longAfter = defaultLong;
  /** Start time of each call in progress, oldest first. */
  readonly #started = new Map<symbol, number>();

  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Number of calls in progress with a planned time, whether long yet or not. */
  get underWay(): number {
    return this.#started.size;
  }

  /** Number of long calls in progress. */
  get count(): number {
    const since = this.#clock.now() - this.longAfter;
    let count = 0;
    for (const started of this.#started.values()) {
      if (started > since) break;
      count += 1;
    }
    return count;
  }

  get isExhausted(): boolean {
    return this.#started.size >= this.max && this.count >= this.max;
  }

  /** Counts a call as in progress until `work` ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const call = Symbol('call');
    this.#started.set(call, this.#clock.now());
    try {
      return await work();
    } finally {
      this.#started.delete(call);
    }
  }
}
