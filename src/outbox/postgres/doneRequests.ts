import { systemClock } from '../../base/clock.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { emptyRequests, removeRequests } from './relayStatements.js';

interface DoneRequest {
  readonly id: string;
  /** By the monotonic clock, in milliseconds. */
  readonly keptUntil: number;
}

/**
 * Requests that nobody waits for any more. Their content is removed soon, and a row when an offer of it that was given up
 * can no longer be stored.
 */
export class DoneRequests {
  readonly #outbox: DatabaseOutbox;
  #withContent: readonly DoneRequest[] = [];
  #emptied: readonly DoneRequest[] = [];

  constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  add(request: DoneRequest): void {
    this.#withContent = [...this.#withContent, request];
  }

  /**
   * One call at a time.
   * @throws {OutboxDatabaseError} what is left is removed by the next call
   */
  async remove(): Promise<void> {
    const done = this.#withContent;
    if (done.length > 0) {
      await emptyRequests(this.#outbox, idsOf(done));
      this.#withContent = this.#withContent.filter((request) => !done.includes(request));
      this.#emptied = [...this.#emptied, ...done];
    }
    const now = systemClock.monotonic();
    const due = this.#emptied.filter(({ keptUntil }) => keptUntil <= now);
    if (due.length === 0) return;
    await removeRequests(this.#outbox, idsOf(due));
    this.#emptied = this.#emptied.filter(({ keptUntil }) => keptUntil > now);
  }
}

function idsOf(requests: readonly DoneRequest[]): string[] {
  return requests.map(({ id }) => id);
}
