import { systemClock } from '../../src/base/clock.js';
import type { MonotonicClock } from '../../src/base/clock.js';

export interface FastClockOptions {
  /** When it began to run fast, in real milliseconds since the epoch: clocks of one beginning show one time. */
  readonly origin?: number | undefined;
  /** Milliseconds that its wall clock is wrong. */
  readonly shift?: number | undefined;
}

/** Real time, but so many times as fast: a settle window of 2 s is over in half a second. */
export class FastClock implements MonotonicClock {
  readonly #origin: number;
  readonly #shift: number;

  readonly #speed: number;

  constructor(speed: number, { origin = Date.now(), shift = 0 }: FastClockOptions = {}) {
    this.#speed = speed;

    this.#origin = origin;
    this.#shift = shift;
  }

  now(): number {
    return this.#origin + (Date.now() - this.#origin) * this.#speed + this.#shift;
  }

  monotonic(): number {
    return systemClock.monotonic() * this.#speed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // Rounded up: whoever sleeps until a time must not wake before it.
    return systemClock.sleep(Math.ceil(ms / this.#speed) + 1, signal);
  }
}
