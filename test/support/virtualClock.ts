import type { MonotonicClock } from '../../src/base/clock.js';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/**
 * An immediate runs after all promises that can be settled. A task that is awake can schedule immediates itself, to do
 * things together. After this many turns of the loop, every task counts as asleep.
 */
const turns = 5;

/**
 * Time that passes only while every task sleeps: as soon as nothing else can run, the earliest sleeper wakes. Waiting
 * for ten minutes takes no time, and the same seed gives the same order of events.
 */
export class VirtualClock implements MonotonicClock {
  readonly #start: number;
  #now: number;
  #shift = 0;
  #timers: Timer[] = [];
  #armed = false;

  constructor(start = Date.parse('2026-04-03T08:00:00Z')) {
    this.#start = start;
    this.#now = start;
  }

  now(): number {
    return this.#now + this.#shift;
  }

  /** Returns what a clock would show that is never set. */
  true(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  /** Sets the wall clock, as a person or a time server does. */
  shift(ms: number): void {
    this.#shift += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = this.#add(ms, resolve);
      signal?.addEventListener('abort', () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      });
    });
  }

  /** Runs `work` after `ms`, even if no task waits for it. */
  after(ms: number, work: () => void): void {
    this.#add(ms, work);
  }

  #add(ms: number, fire: () => void): Timer {
    const timer = { at: this.#now + Math.max(0, ms), fire };
    const later = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    this.#arm();
    return timer;
  }

  #arm(): void {
    if (this.#armed || this.#timers.length === 0) return;
    this.#armed = true;
    this.#whenQuiet(turns, () => {
      this.#armed = false;
      const timer = this.#timers.shift();
      if (timer) {
        this.#now = timer.at;
        timer.fire();
      }
      this.#arm();
    });
  }

  #whenQuiet(left: number, work: () => void): void {
    setImmediate(() => {
      if (left === 1) work();
      else this.#whenQuiet(left - 1, work);
    });
  }
}
