import { systemClock } from '../../base/clock.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { emptyRequests, removeRequests } from './relayStatements.js';

/**
 * Requests that nobody waits for any more. Their content is removed at once. Their rows stay for some seconds, until no
 * statement that was given up can store one of them anew.
 */
export class DoneRequests {
  readonly #outbox: DatabaseOutbox;
  readonly #full: Ended[] = [];
  readonly #empty: Ended[] = [];

  constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  /** @param keptUntil by the monotonic clock, in milliseconds */
  add(id: string, keptUntil: number): void {
    this.#full.push({ id, keptUntil });
  }

  /** @throws {OutboxDatabaseError} they are removed the next time */
  async remove(): Promise<void> {
    await this.#each(this.#full, Infinity, async (ids, ended) => {
      await emptyRequests(this.#outbox, ids);
      this.#empty.push(...ended);
    });
    await this.#each(this.#empty, systemClock.monotonic(), (ids) => removeRequests(this.#outbox, ids));
  }

  async #each(
    list: Ended[],
    until: number,
    work: (ids: readonly string[], ended: readonly Ended[]) => Promise<void>,
  ): Promise<void> {
    const all = list.splice(0);
    const [now = [], later = []] = [true, false].map((isNow) =>
      all.filter(({ keptUntil }) => (until === Infinity || keptUntil <= until) === isNow),
    );
    list.push(...later);
    if (now.length === 0) return;
    try {
      await work(
        now.map(({ id }) => id),
        now,
      );
    } catch (error) {
      list.push(...now);
      throw error;
    }
  }
}

interface Ended {
  readonly id: string;
  readonly keptUntil: number;
}
