import { systemClock } from '../../base/clock.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { emptyRequests, removeRequests } from './relayStatements.js';

interface DoneRequest {
  readonly id: string;
  /** By the monotonic clock, in milliseconds. */
  readonly keptUntil: number;
}

/**
 * Requests that nobody waits for any more. Their content is removed soon. Their rows stay for some seconds, until no
 * statement that was given up can store one of them anew.
 */
export class DoneRequests {
  readonly #outbox: DatabaseOutbox;
  #full: readonly DoneRequest[] = [];
  #empty: readonly DoneRequest[] = [];

  constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  add(request: DoneRequest): void {
    this.#full = [...this.#full, request];
  }

  /**
   * One call at a time.
   * @throws {OutboxDatabaseError} what is left is removed by the next call
   */
  async remove(): Promise<void> {
    const full = this.#full;
    if (full.length > 0) {
      await emptyRequests(this.#outbox, idsOf(full));
      this.#full = this.#full.filter((request) => !full.includes(request));
      this.#empty = [...this.#empty, ...full];
    }
    const now = systemClock.monotonic();
    const due = this.#empty.filter(({ keptUntil }) => keptUntil <= now);
    if (due.length === 0) return;
    await removeRequests(this.#outbox, idsOf(due));
    this.#empty = this.#empty.filter(({ keptUntil }) => keptUntil > now);
  }
}

function idsOf(requests: readonly DoneRequest[]): string[] {
  return requests.map(({ id }) => id);
}
