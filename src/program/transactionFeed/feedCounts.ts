import { badRowReasons } from './badRows.js';
import type { BadRowReason } from './badRows.js';
import type { FeedTruth } from './feedRows.js';

/** `rows = transactions + duplicates + bad`, and `transactions = purchases + returns`. */
export interface FeedCounts {
  readonly rows: number;
  /** Different ones, of members. */
  readonly transactions: number;
  readonly purchases: number;
  readonly returns: number;
  readonly duplicates: number;
  readonly bad: number;
  readonly badByReason: Readonly<Record<BadRowReason, number>>;
  /** Among the purchases. */
  readonly late: number;
}

/** Counts rows while they are written. */
export class FeedCounter {
  readonly #kinds: Record<FeedTruth['kind'], number> = { purchase: 0, return: 0, duplicate: 0, bad: 0 };
  readonly #reasons = Object.fromEntries(badRowReasons.map((reason) => [reason, 0])) as Record<BadRowReason, number>;
  #late = 0;

  add({ kind, isLate, reason }: FeedTruth): void {
    this.#kinds[kind] += 1;
    if (isLate && kind === 'purchase') this.#late += 1;
    if (reason !== undefined) this.#reasons[reason] += 1;
  }

  get counts(): FeedCounts {
    const { purchase: purchases, return: returns, duplicate: duplicates, bad } = this.#kinds;
    const transactions = purchases + returns;
    const rows = transactions + duplicates + bad;
    return {
      rows,
      transactions,
      purchases,
      returns,
      duplicates,
      bad,
      badByReason: { ...this.#reasons },
      late: this.#late,
    };
  }
}
