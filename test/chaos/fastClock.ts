import { type MonotonicClock, systemClock } from '../../src/base/clock.js';

/** Real time, but so many times as fast: a settle window of 2 s is over in half a second. */
export class FastClock implements MonotonicClock {
  readonly #start = Date.now();

  constructor(private readonly speed: number) {}

  now(): number {
    return this.#start + (Date.now() - this.#start) * this.speed;
  }

  monotonic(): number {
    return systemClock.monotonic() * this.speed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // Rounded up: whoever sleeps until a time must not wake before it.
    return systemClock.sleep(Math.ceil(ms / this.speed) + 1, signal);
  }
}
