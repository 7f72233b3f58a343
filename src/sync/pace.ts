import type { MonotonicClock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Wait } from './attempt.js';

/** A request this slow is close to the 20 seconds after which it counts against an org-wide limit of 25. */
const slowMilliseconds = 8000;
const longestPause = 60_000;
/** Number of good answers after which a batch is back at its full size. */
const stepsToFullSize = 20;

/**
 * Controls the load on the org: it grows while the org answers well, and is halved when it does not. This is the rule of
 * congestion control, because other users share the org and their load cannot be seen. It begins with two requests at a
 * time and doubles them each round trip until the first sign of trouble; from then on it adds one each round trip. The
 * number of concurrent requests is halved first. If a single request is slow, the batch is halved.
 *
 * When the org turns calls away, fails or cannot be reached, everything pauses, longer each time, until a call
 * succeeds. Otherwise each batch would be a wasted call.
 */
export class Pace {
  #window: number;
  #size: number;
  #mostSize: number;
  #failures = 0;
  #quiet = 0;
  #hadTrouble = false;

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

  /** Requests that can be in progress at a time. */
  get concurrency(): number {
    return Math.floor(this.#window);
  }

  /** Most journals in the next request. */
  get batchSize(): number {
    return this.#size;
  }

  /** Until this time of the monotonic clock, nothing is sent or asked. */
  get quietUntil(): number {
    return this.#quiet;
  }

  answered(milliseconds: number): void {
    this.#failures = 0;
    if (milliseconds > slowMilliseconds) {
      if (this.concurrency > 1) this.trouble();
      else this.#size = Math.ceil(this.#size / 2);
      this.#hadTrouble = true;
      return;
    }
    const step = this.#hadTrouble ? 1 / this.#window : 1;
    this.#window = Math.min(this.#most.concurrency, this.#window + step);
    this.#size = Math.min(this.#mostSize, this.#size + Math.ceil(this.#mostSize / stepsToFullSize));
  }

  /** Records that the org has answered a question, so it can be reached and takes calls. */
  reached(): void {
    this.#failures = 0;
  }

  trouble(): void {
    this.#hadTrouble = true;
    this.#window = Math.max(1, this.#window / 2);
  }

  /** Records that the org will never accept a request with this many journals. */
  tooLarge(journals: number): void {
    this.#mostSize = Math.min(this.#mostSize, Math.ceil(journals / 2));
    this.#size = Math.min(this.#size, this.#mostSize);
  }

  /**
   * Records that the org or the network is in trouble, which pauses everything. Calls that were already in progress say
   * nothing new.
   */
  failed(wait: Wait): void {
    this.trouble();
    if (this.#clock.monotonic() >= this.#quiet) this.#failures += 1;
    this.#quiet = Math.max(this.#quiet, this.retryAt(this.#failures, wait));
  }

  /**
   * Returns when to try again after the n-th attempt. The wait grows exponentially, with jitter so that waiting
   * processes do not collide again.
   */
  retryAt(attempts: number, { base, atLeast }: Wait): number {
    const pause = Math.min(longestPause, base * 2 ** Math.min(attempts - 1, 16));
    return this.#clock.monotonic() + Math.ceil(Math.max(atLeast, pause * (0.5 + this.#random.next() / 2)));
  }
}
