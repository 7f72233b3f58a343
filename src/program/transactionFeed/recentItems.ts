import type { Random } from '../../base/random.js';

/** Remembers some of the items of a long series, so that it can come back to them. Its size has a limit. */
export class RecentItems<T> {
  readonly #items: T[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes the place of any earlier item if there is no room. */
  add(item: T, random: Random): void {
    if (this.#items.length < this.#most) this.#items.push(item);
    else this.#items[random.integer(0, this.#most - 1)] = item;
  }

  /** Returns any item and forgets it. Undefined if there is none. */
  take(random: Random): T | undefined {
    const last = this.#items.length - 1;
    if (last < 0) return undefined;
    const index = random.integer(0, last);
    const item = this.#items[index];
    const moved = this.#items.pop();
    if (index < last && moved !== undefined) this.#items[index] = moved;
    return item;
  }
}
