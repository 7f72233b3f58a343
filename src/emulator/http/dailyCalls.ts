import type { Clock } from '../../base/clock.js';

const hour = 3_600_000;

/**
 * Number of API calls in the last 24 hours. Like the platform, it counts all APIs together for the whole org. It keeps
 * one number per hour, so counting takes the same time for any amount of traffic.
 */
export class DailyCalls {
  readonly #hours = new Map<number, number>();
  #used = 0;
  #current = -1;

  readonly #clock: Clock;

  constructor(
    clock: Clock,
    /** Maximum number of calls in 24 hours. It can be changed at any time. */
    public max: number,
  ) {
    this.#clock = clock;
  }

  get used(): number {
    this.#forgetOld();
    return this.#used;
  }

  get isExhausted(): boolean {
    return this.used >= this.max;
  }

  record(calls = 1): void {
    this.#forgetOld();
    this.#hours.set(this.#current, (this.#hours.get(this.#current) ?? 0) + calls);
    this.#used += calls;
  }

  /** Resets the count to zero. */
  forget(): void {
    this.#hours.clear();
    this.#used = 0;
  }

  /** Value of the `Sforce-Limit-Info` header: `api-usage=18/100000`. */
  toHeader(): string {
    return `api-usage=${this.used}/${this.max}`;
  }

  #forgetOld(): void {
    const now = Math.floor(this.#clock.now() / hour);
    if (now === this.#current) return;
    this.#current = now;
    for (const [at, calls] of this.#hours) {
      if (now - at < 24) continue;
      this.#hours.delete(at);
      this.#used -= calls;
    }
  }
}
