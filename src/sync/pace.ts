import type { MonotonicClock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Wait } from './attempt.js';

/** A request this slow is close to the 20 seconds after which it counts against an org-wide limit of 25. */
const slowMilliseconds = 8000;
const longestPause = 60_000;
/** A batch grows back to its full size in this many good answers. */
const stepsToFullSize = 20;

/**
 * How hard the org is pushed: additive increase while it answers well, halved when it does not. The rule of congestion
 * control, since we share the org with everybody else and cannot see their load. What is halved first is the number of
 * requests at a time; where a single one is slow, it is the batch.
 *
 * An org that turns calls away, fails or cannot be reached is left alone for a while, longer each time, until a call
 * succeeds: every batch that meets the same trouble would be a call for nothing.
 */
export class Pace {
  #window: number;
  #size: number;
  #mostSize: number;
  #failures = 0;
  #quiet = 0;

  readonly #most: { readonly concurrency: number; readonly batchSize: number };
  readonly #clock: MonotonicClock;
  readonly #random: Random;

  constructor(
    most: { readonly concurrency: number; readonly batchSize: number },
    clock: MonotonicClock,
    random: Random,
  ) {
    this.#most = most;
    this.#clock = clock;
    this.#random = random;

    this.#window = Math.min(2, most.concurrency);
    this.#size = most.batchSize;
    this.#mostSize = most.batchSize;
  }

  /** Requests that may be under way at a time. */
  get concurrency(): number {
    return Math.floor(this.#window);
  }

  /** Most journals in the next request. */
  get batchSize(): number {
    return this.#size;
  }

  /** Until then nothing is sent or asked, by the monotonic clock. */
  get quietUntil(): number {
    return this.#quiet;
  }

  answered(milliseconds: number): void {
    this.#failures = 0;
    if (milliseconds > slowMilliseconds) {
      if (this.concurrency > 1) this.trouble();
      else this.#size = Math.ceil(this.#size / 2);
      return;
    }
    this.#window = Math.min(this.#most.concurrency, this.#window + 1 / this.#window);
    this.#size = Math.min(this.#mostSize, this.#size + Math.ceil(this.#mostSize / stepsToFullSize));
  }

  /** The org has answered a question: it can be reached, and takes calls. */
  reached(): void {
    this.#failures = 0;
  }

  trouble(): void {
    this.#window = Math.max(1, this.#window / 2);
  }

  /** The org does not take a request of so many journals, now or later. */
  tooLarge(journals: number): void {
    this.#mostSize = Math.min(this.#mostSize, Math.ceil(journals / 2));
    this.#size = Math.min(this.#size, this.#mostSize);
  }

  /** The org, or the way to it, is in trouble: everything pauses. Calls that were under way tell nothing new. */
  failed(wait: Wait): void {
    this.trouble();
    if (this.#clock.monotonic() >= this.#quiet) this.#failures += 1;
    this.#quiet = Math.max(this.#quiet, this.retryAt(this.#failures, wait));
  }

  /** When to try again after the n-th attempt: exponential, with jitter so that those who wait do not meet again. */
  retryAt(attempts: number, { base, atLeast }: Wait): number {
    const pause = Math.min(longestPause, base * 2 ** Math.min(attempts - 1, 16));
    return this.#clock.monotonic() + Math.ceil(Math.max(atLeast, pause * (0.5 + this.#random.next() / 2)));
  }
}
