import type { Clock } from '../../base/clock.js';

/**
 * A clock that knows who sleeps. A process that was held up, because its machine is busy, may read a request that has
 * just arrived before it wakes those whose time came earlier. Whoever waits for {@link overdue} first sees what an org
 * shows that was never held up.
 */
export class DueClock implements Clock {
  readonly #clock: Clock;
  /** When each sleep ends. */
  readonly #asleep = new Map<Promise<void>, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const sleep = this.#clock.sleep(ms, signal);
    this.#asleep.set(sleep, this.now() + ms);
    void sleep.then(() => this.#asleep.delete(sleep));
    return sleep;
  }

  /**
   * Resolves when all whose time has come are awake and have done what they do without waiting again. Undefined if
   * nobody is late.
   */
  overdue(): Promise<unknown> | undefined {
    const now = this.now();
    const late = [...this.#asleep].flatMap(([sleep, until]) => (until <= now ? sleep : []));
    return late.length === 0 ? undefined : Promise.all(late);
  }
}
