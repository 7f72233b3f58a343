import type { Clock } from '../../base/clock.js';
import { LoopWaker } from '../loopWaker.js';

export interface LoopStep {
  /** Does what is due. Returns the milliseconds until more is due, or undefined if nothing is due before `wake` is called. */
  (): Promise<number | undefined>;
}

/**
 * Work in the background that waits until something is due or somebody wakes it. Its first failure ends it and is thrown
 * by `end`.
 */
export class WaitingLoop {
  readonly #clock: Clock;
  readonly #step: LoopStep;
  readonly #waker = new LoopWaker();
  readonly #over = new AbortController();
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(clock: Clock, step: LoopStep) {
    this.#clock = clock;
    this.#step = step;
  }

  start(): void {
    this.#running ??= this.#run().catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  wake(): void {
    this.#waker.wake();
  }

  /** Waits for the step in progress. No other one begins. @throws {Error} the failure of a step */
  async end(): Promise<void> {
    this.#over.abort();
    // A step in progress may end before this wakes the loop, or after it: the loop looks again in both cases.
    this.#waker.wake();
    await this.#running;
    if (this.#failure) throw this.#failure.error;
  }

  async #run(): Promise<void> {
    for (;;) {
      this.#waker.reset();
      if (this.#over.signal.aborted) return;
      const pause = await this.#step();
      if (pause === undefined) await this.#waker.woken();
      else if (pause > 0) await this.#sleep(pause);
    }
  }

  async #sleep(pause: number): Promise<void> {
    const awake = new AbortController();
    await Promise.race([this.#waker.woken(), this.#clock.sleep(pause, awake.signal)]);
    awake.abort();
  }
}
