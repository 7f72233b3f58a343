import type { MonotonicClock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Wait } from './attempt.js';

/** A request this slow is close to the 20 seconds after which it counts against an org-wide limit of 25. */
const slowMilliseconds = 8000;
const longestPause = 60_000;
const atBeginning = 2;
const afterTwoRoundTrips = 4 * atBeginning;
/** Milliseconds. An answer that takes this long leaves time for other work. */
const longAnswer = 100;
/** Number of good answers after which a batch is back at its full size. */
const stepsToFullSize = 20;

/**
 * Controls the load on the org: it grows while the org answers well, and is halved when it does not. This is the rule of
 * congestion control, because other users share the org and their load cannot be seen. It begins with two requests at a
 * time and doubles them each round trip until the first sign of trouble; from then on it adds one each round trip. The
 * number of concurrent requests is halved first. If a single request is slow, the batch is halved.
 *
 * When the org turns calls away, fails or cannot be reached, everything pauses, longer each time, until a call
 * succeeds. Otherwise each batch would be a wasted call. So a single request that fails among others stops nothing: the
 * next answer ends the pause, and if the failure was a lost answer, all is as it was before.
 */
export class Pace {
  #window: number;
  #size: number;
  #mostSize: number;
  #failures = 0;
  /** Calls that have failed since the latest answer. */
  #inARow = 0;
  #quiet = 0;
  /** Milliseconds that the latest answer took. */
  #latest = 0;
  /** Until when the org has asked for quiet itself. */
  #asked = 0;
  /** What was before an answer was lost. */
  #before: { readonly window: number; readonly hadTrouble: boolean } | undefined;
  #hadTrouble = false;

  readonly #most: () => number;
  readonly #clock: MonotonicClock;
  readonly #random: Random;

  /** @param most requests at a time, asked each time if standbys may come and go, and journals in a request */
  constructor(
    most: { readonly concurrency: number | (() => number); readonly batchSize: number },
    clock: MonotonicClock,
    random: Random,
  ) {
    const { concurrency } = most;
    this.#most = typeof concurrency === 'number' ? () => concurrency : concurrency;
    this.#clock = clock;
    this.#random = random;

    this.#window = Math.min(atBeginning, this.#most());
    this.#size = most.batchSize;
    this.#mostSize = most.batchSize;
  }

  /** Requests that can be in progress at a time. */
  get concurrency(): number {
    return Math.floor(Math.min(this.#window, this.#most()));
  }

  /** Most journals in the next request. */
  get batchSize(): number {
    return this.#size;
  }

  /** Most journals that a request may ever have here. */
  get fullSize(): number {
    return this.#mostSize;
  }

  /** Until this time of the monotonic clock, nothing is sent or asked. */
  get quietUntil(): number {
    return this.#quiet;
  }

  /** Whether there is time between a request and its answer, so that the next one can be made ready meanwhile. */
  get hasLongAnswers(): boolean {
    return this.#latest >= longAnswer;
  }

  answered(milliseconds: number): void {
    this.#latest = milliseconds;
    if (this.#inARow === 1) this.#forgetFailure();
    this.reached();
    if (milliseconds > slowMilliseconds) {
      if (this.concurrency > 1) this.trouble();
      else this.#size = Math.ceil(this.#size / 2);
      this.#hadTrouble = true;
      return;
    }
    const step = this.#hadTrouble ? 1 / this.#window : 1;
    this.#window = Math.min(this.#most(), this.#window + step);
    this.#size = Math.min(this.#mostSize, this.#size + Math.ceil(this.#mostSize / stepsToFullSize));
  }

  /** Records that the org has answered a question, so it can be reached and takes calls. */
  reached(): void {
    this.#failures = 0;
    this.#inARow = 0;
    this.#before = undefined;
  }

  /**
   * Records that the org has answered a first request and then a question about it. These are two round trips, each of
   * which doubles the requests that may be in progress, although there was only one.
   */
  begun(): void {
    if (!this.#hadTrouble) this.#window = Math.max(this.#window, Math.min(this.#most(), afterTwoRoundTrips));
  }

  trouble(): void {
    this.#hadTrouble = true;
    this.#window = Math.max(1, Math.min(this.#window, this.#most()) / 2);
  }

  /** Records that the org will never accept a request with this many journals. */
  tooLarge(journals: number): void {
    this.#mostSize = Math.min(this.#mostSize, Math.ceil(journals / 2));
    this.#size = Math.min(this.#size, this.#mostSize);
  }

  /** Records that the answer to a request was lost, which may be chance: see {@link failed}. */
  lost(wait: Wait): void {
    const before = { window: this.#window, hadTrouble: this.#hadTrouble };
    this.failed(wait);
    this.#before = this.#inARow === 1 ? before : undefined;
  }

  /**
   * Records that the org or the network is in trouble, which pauses everything. Calls that were already in progress say
   * nothing new.
   */
  failed(wait: Wait): void {
    this.trouble();
    this.#inARow += 1;
    this.#before = undefined;
    const now = this.#clock.monotonic();
    if (now >= this.#quiet) this.#failures += 1;
    this.#asked = Math.max(this.#asked, now + wait.atLeast);
    this.#quiet = Math.max(this.#quiet, this.retryAt(this.#failures, wait));
  }

  #forgetFailure(): void {
    this.#quiet = Math.min(this.#quiet, this.#asked);
    if (!this.#before) return;
    this.#window = Math.max(this.#window, this.#before.window);
    this.#hadTrouble = this.#before.hadTrouble;
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
