import { systemClock } from '../../src/base/clock.js';
import type { MonotonicClock } from '../../src/base/clock.js';

export interface FastClockOptions {
  /** When the clock started, in real milliseconds since the epoch. Clocks with the same origin show the same time. */
  readonly origin?: number | undefined;
  /** Milliseconds by which its wall clock is wrong. */
  readonly shift?: number | undefined;
}

/** Real time, but this many times as fast: with a speed of 4, a settle window of 2 s takes half a second. */
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
    // Rounded up, because a sleeper must not wake before its time.
    return systemClock.sleep(Math.ceil(ms / this.#speed) + 1, signal);
  }
}
