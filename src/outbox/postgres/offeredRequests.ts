import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { systemClock } from '../../base/clock.js';
import type { OfferedRequest, RelayedText } from '../relay.js';
import { bytesAnswer, leaseAnswer } from './answerLimits.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { answersChannel, requestsChannel } from './relayChannels.js';

export interface OfferedRequestsOptions {
  /** The org that this process is logged in to. It is offered nothing of an outbox that belongs to another org. */
  readonly orgId: string;
  /** How many requests this process can have in progress. */
  readonly connections: number;
}

interface OfferedRow {
  readonly id: string;
  readonly head: string;
  readonly body: string;
  readonly time_limit: number;
  /** Milliseconds. */
  readonly age: number;
}

/** Milliseconds. A request that nobody has taken for so long has been taken back, or will be. */
const oldest = 10_000;

/** The requests that the process that delivers from a shared outbox offers to this one. */
export class OfferedRequests {
  readonly #outbox: DatabaseOutbox;
  readonly #options: OfferedRequestsOptions;
  readonly #token = randomUUID();

  private constructor(outbox: DatabaseOutbox, options: OfferedRequestsOptions) {
    this.#outbox = outbox;
    this.#options = options;
  }

  /**
   * @throws {NoOutboxError} if there is none at the address
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async open(address: string, options: OfferedRequestsOptions): Promise<OfferedRequests> {
    const outbox = await openDatabaseOutbox(address, { creates: false });
    // Of processes that were killed.
    await outbox.database.query(
      `DELETE FROM loyalty_outbox.standby WHERE outbox = $1 AND sends_until < clock_timestamp() - interval '1 hour'`,
      [outbox.id],
    );
    return new OfferedRequests(outbox, options);
  }

  /** Milliseconds for which this process is offered requests after it has announced itself. */
  get announcedFor(): number {
    return this.#outbox.lease;
  }

  /** Milliseconds after which the answer to a question about the lease says nothing any more. */
  get freshFor(): number {
    return leaseAnswer(this.#outbox.lease);
  }

  /** Says that this process sends for others. @throws {OutboxDatabaseError} */
  async announce(): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const { orgId, connections } = this.#options;
    await database.query(
      `INSERT INTO loyalty_outbox.standby (token, outbox, org_id, host, pid, connections, sends_until)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 ms')
       ON CONFLICT (token) DO UPDATE SET sends_until = excluded.sends_until`,
      [this.#token, id, orgId, hostname(), process.pid, connections, lease],
      { answer: leaseAnswer(lease), patience: lease },
    );
  }

  /** Says that this process takes nothing more. What it has taken may still be answered. */
  async leave(): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query('DELETE FROM loyalty_outbox.standby WHERE token = $1', [this.#token], {
      ...{ answer: leaseAnswer(lease), patience: lease },
    });
  }

  /**
   * Takes what is offered to this process. Whoever offers it must have the lease at this moment.
   * @throws {OutboxDatabaseError} what was taken by then is never sent
   */
  async take(): Promise<OfferedRequest[]> {
    const { database, id, lease } = this.#outbox;
    const askedAt = systemClock.monotonic();
    const { rows } = await database.query<OfferedRow>(
      `UPDATE loyalty_outbox.request AS r SET claim = $2
       FROM loyalty_outbox.outbox AS o
       WHERE r.standby = $1 AND (r.claim IS NULL OR r.claim = $2) AND r.answer IS NULL
         AND r.offered_at > clock_timestamp() - $5 * interval '1 ms'
         AND o.id = $3 AND r.outbox = o.id AND r.epoch = o.epoch AND o.lease_until > clock_timestamp()
         AND o.org_id = $4
       RETURNING r.id, r.request AS head, r.request_body AS body, r.time_limit,
         (1000 * extract(epoch FROM clock_timestamp() - r.offered_at))::float8 AS age`,
      // The same claim if it is asked again, because the first answer was lost.
      [this.#token, randomUUID(), id, this.#options.orgId, oldest],
      { answer: bytesAnswer(lease), patience: lease },
    );
    return rows.map(({ time_limit: limit, age, ...request }) => {
      return { ...request, limit, began: askedAt - Math.max(0, age) };
    });
  }

  /** @throws {OutboxDatabaseError} */
  async answer(request: string, { head, body }: RelayedText): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query(
      `WITH answered AS (UPDATE loyalty_outbox.request SET answer = $2, answer_body = $3 WHERE id = $1 RETURNING id)
       SELECT pg_notify($4, '') FROM answered`,
      [request, head, body, answersChannel(this.#outbox)],
      { answer: bytesAnswer(lease, body.length) },
    );
  }

  /** Calls `hear` whenever something may be offered, until the signal. */
  listen(hear: () => void, signal: AbortSignal): Promise<void> {
    return this.#outbox.database.listen(requestsChannel(this.#token), hear, signal);
  }

  async close(): Promise<void> {
    await this.#outbox.database.close();
  }
}
