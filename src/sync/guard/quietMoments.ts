import type { MonotonicClock } from '../../base/clock.js';

/** Milliseconds after which the org must be asked again while nothing is in flight. */
const between = 5 * 60_000;
/** Milliseconds that new requests wait for those in flight. If that is not enough, they leave, and wait another time. */
const patience = 10_000;
const pause = 50;

/**
 * Has new requests wait now and then until nothing is in flight, and the org has answered a question. What is in flight
 * may be in its answer or not, and would hide as many journals that were deleted, or that somebody else has sent.
 */
export class QuietMoments {
  readonly #clock: MonotonicClock;
  readonly #signal: AbortSignal | undefined;
  /** When the latest question was asked at such a moment, or was to be. */
  #latest: number;
  #waiting: Promise<void> | undefined;

  /** @param signal ends a wait: nothing new leaves then */
  constructor(clock: MonotonicClock, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#signal = signal;
    this.#latest = clock.monotonic();
  }

  /** Called by every new request. Resolves when it may leave. */
  async pass(inFlight: () => number, ask: () => Promise<void>): Promise<void> {
    if (this.#clock.monotonic() - this.#latest >= between) {
      this.#waiting ??= this.#wait(inFlight, ask).finally(() => {
        this.#waiting = undefined;
      });
    }
    await this.#waiting;
  }

  /** A question without an answer is asked again as any other. */
  async #wait(inFlight: () => number, ask: () => Promise<void>): Promise<void> {
    const until = this.#clock.monotonic() + patience;
    while (inFlight() > 0 && !this.#isEnded && this.#clock.monotonic() < until) {
      await this.#clock.sleep(pause, this.#signal);
    }
    if (inFlight() === 0 && !this.#isEnded) await ask().catch(() => undefined);
    this.#latest = this.#clock.monotonic();
  }

  get #isEnded(): boolean {
    return this.#signal?.aborted === true;
  }
}
