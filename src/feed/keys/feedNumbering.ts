import type { KeyCounts } from '../feed.js';
import { Doubts } from './doubts.js';
import type { Doubt } from './doubts.js';
import { keyText } from './rowNumbering.js';
import type { NumberedKey, RowNumbering, RowPlace } from './rowNumbering.js';

/** Beyond this number of doubts, every later row of the feed is in doubt. */
const mostDoubts = 100;

/**
 * Numbers keys by how often they have occurred in the feed so far, wherever the rows are.
 *
 * The counts are kept outside, and belong to a position. Doubts are not kept: if there are any, reading continues from
 * the first of them. The rows from there to the position are counted already.
 */
export class FeedNumbering implements RowNumbering {
  readonly #counts: KeyCounts;
  readonly #countedRows: number;
  readonly #doubts = new Doubts(mostDoubts);
  #firstDoubt: RowPlace | undefined;

  /** @param countedRows number of rows at the beginning of the feed that the counts include already */
  constructor(counts: KeyCounts, countedRows: number) {
    this.#counts = counts;
    this.#countedRows = countedRows;
  }

  get restart(): RowPlace | undefined {
    return this.#firstDoubt;
  }

  number(parts: readonly string[], at: RowPlace): NumberedKey {
    const key = keyText(parts);
    // Such a row was delivered before: nobody asks for its key.
    if (at.rows < this.#countedRows) return { naturalKey: key };
    const occurrence = this.#counts.get(key) + 1;
    this.#counts.set(key, occurrence);
    const doubt = this.#doubts.about(parts);
    if (doubt !== undefined) return { problem: 'uncertain', doubtfulLine: doubt.line };
    return { naturalKey: `${key}:${occurrence}` };
  }

  doubt(doubt: Doubt, at: RowPlace): void {
    this.#firstDoubt ??= at;
    this.#doubts.add(doubt);
  }
}
