import { counted } from '../base/text/counted.js';
import type { Feed, FeedEntry } from '../feed/index.js';
import { transactionsOf } from '../feed/index.js';
import type { RunNote } from '../outbox/index.js';

/**
 * Finds fields that an expression fills in no row at all. A name that is misspelt in an expression is no error where
 * rows have no header.
 */
export class LeftOutFields {
  readonly #feed: Feed;
  readonly #never: Set<string>;
  #transactions = 0;

  constructor(feed: Feed) {
    this.#feed = feed;
    this.#never = new Set(feed.computedFields);
  }

  see(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      for (const { journal } of transactionsOf(entry)) {
        this.#transactions += 1;
        for (const name of this.#never) if (name in journal) this.#never.delete(name);
      }
    }
  }

  notes(): RunNote[] {
    if (this.#transactions === 0) return [];
    const all = counted(this.#transactions, 'transaction');
    return [...this.#never].map((name) => ({
      code: 'field-left-out',
      message: `${name} was left out in all ${all} of ${this.#feed.name}: its expression gave nothing. Check the names in it.`,
    }));
  }
}
