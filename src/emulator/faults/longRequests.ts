import type { Clock } from '../../base/clock.js';

/** Of production orgs and sandboxes ("API Request Limits and Allocations"); 5 in Developer Edition and trial orgs. */
const defaultMax = 25;
const defaultLong = 20_000;

/**
 * API calls that run long. While there are too many of them the org refuses every further call; short calls are without
 * limit. Only calls whose time is planned can be long, so only those are counted.
 */
export class LongRequests {
  /** Most at a time. */
  public max = defaultMax;
  /** Milliseconds from which on a call is long. */
  public longAfter = defaultLong;
  /** When each call under way began. Oldest first. */
  readonly #started = new Map<symbol, number>();

  public constructor(private readonly clock: Clock) {}

  /** Calls under way whose time is planned, long or not yet. */
  public get underWay(): number {
    return this.#started.size;
  }

  /** How many there are. */
  public get count(): number {
    const since = this.clock.now() - this.longAfter;
    let count = 0;
    for (const started of this.#started.values()) {
      if (started > since) break;
      count += 1;
    }
    return count;
  }

  public get isExhausted(): boolean {
    return this.#started.size >= this.max && this.count >= this.max;
  }

  /** Counts a call as under way while `work` lasts. */
  public async during<T>(work: () => Promise<T>): Promise<T> {
    const call = Symbol('call');
    this.#started.set(call, this.clock.now());
    try {
      return await work();
    } finally {
      this.#started.delete(call);
    }
  }
}
