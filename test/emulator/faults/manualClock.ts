import type { Clock } from '../../../src/base/clock.js';

/** Time that stands still until a test moves it: requests over a real socket have all the time that they need. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-04-03T08:00:00Z');
  readonly #sleepers = new Map<symbol, { at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const id = Symbol('sleeper');
      const wake = (): void => {
        this.#sleepers.delete(id);
        resolve();
      };
      this.#sleepers.set(id, { at: this.#now + ms, wake });
      signal?.addEventListener('abort', wake);
    });
  }

  /** Resolves when so many sleep. */
  async sleepers(count: number): Promise<void> {
    while (this.#sleepers.size < count) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** Time passes, but nobody is woken before the next advance: the process of the org is held up. */
  holdUp(ms: number): void {
    this.#now += ms;
  }

  /** Wakes whoever is due, one after the other, each with time to do what it then does. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#sleepers.values()].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await new Promise(setImmediate);
    }
    this.#now = end;
  }
}
