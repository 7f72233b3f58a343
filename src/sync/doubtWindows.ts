import type { OutboxItem } from '../outbox/index.js';

/**
 * Shares of the settle window after which an item in doubt is looked up. Before the last one, only a journal that is
 * there proves something, and frees the transactions behind it.
 */
const looks = [1 / 32, 1 / 8, 1 / 2, 1] as const;

/**
 * When the requests of this process whose answers were lost have certainly been carried out or not. Another process
 * waits a whole window for whatever it finds in doubt, so nothing of this is stored.
 */
export class DoubtWindows {
  readonly #window: number;
  /** When the doubt about a key began. A correction has the key of the item that it replaces, and inherits its doubt. */
  readonly #begun = new Map<string, number>();

  /** @param window milliseconds */
  constructor(window: number) {
    this.#window = window;
  }

  /** Begins the doubt about these items. Returns when they are looked up first. */
  begin(items: readonly OutboxItem[], now: number): number {
    for (const { key } of items) this.#begun.set(key, now);
    return now + this.#window * looks[0];
  }

  /**
   * Returns when an item has to be looked up again, if it may still come. Undefined if what is absent stays absent.
   * @param now when the look-up was asked
   */
  nextLook({ key }: OutboxItem, now: number): number | undefined {
    const begun = this.#begun.get(key);
    if (begun === undefined) return undefined;
    const next = looks.map((share) => begun + this.#window * share).find((at) => at > now);
    if (next === undefined) this.end([key]);
    return next;
  }

  /** Forgets keys about which there is no doubt any more. */
  end(keys: Iterable<string>): void {
    if (this.#begun.size > 0) for (const key of keys) this.#begun.delete(key);
  }
}
