import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { systemClock } from '../../base/clock.js';
import type { OfferedRequest, RelayedText } from '../relay.js';
import { asciiText } from './asciiText.js';
import { bytesAnswer, leaseAnswer } from './answerLimits.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { latestThere } from './databaseTime.js';
import type { DatabaseTime } from './databaseTime.js';
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
  #time: DatabaseTime | undefined;

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
    try {
      await forgetKilledStandbys(outbox);
      return new OfferedRequests(outbox, options);
    } catch (error) {
      await outbox.database.close();
      throw error;
    }
  }

  /** Milliseconds for which this process is offered requests after it has announced itself. */
  get announcedFor(): number {
    return this.#outbox.lease;
  }

  /** Milliseconds after which the answer to a question about the lease says nothing any more. */
  get freshFor(): number {
    return leaseAnswer(this.#outbox.lease);
  }

  /**
   * Says that this process sends for others, or only finishes what it has taken.
   * @throws {OutboxDatabaseError}
   */
  async announce(takes: boolean): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const { orgId, connections } = this.#options;
    const askedAt = systemClock.monotonic();
    const { rows } = await database.query<{ time: number }>(
      `INSERT INTO loyalty_outbox.standby (token, outbox, org_id, host, pid, connections, sends_until)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 ms')
       ON CONFLICT (token) DO UPDATE SET sends_until = excluded.sends_until, connections = excluded.connections
       RETURNING (1000 * extract(epoch FROM clock_timestamp()))::float8 AS time`,
      [this.#token, id, orgId, hostname(), process.pid, takes ? connections : 0, lease],
      { answer: leaseAnswer(lease), patience: lease },
    );
    const [row] = rows;
    if (row) this.#time = { told: row.time, askedAt, answeredAt: systemClock.monotonic() };
  }

  /** Says that this process has ended: whatever it has not answered is in doubt. */
  async leave(): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query('DELETE FROM loyalty_outbox.standby WHERE token = $1', [this.#token], {
      ...{ answer: leaseAnswer(lease), patience: lease },
    });
  }

  /**
   * Takes what is offered to this process, which must have announced itself. Whoever offers it must have the lease at this
   * moment.
   * @throws {OutboxDatabaseError} what was taken by then is never sent
   */
  async take(): Promise<OfferedRequest[]> {
    const { database, id, lease } = this.#outbox;
    if (!this.#time) return [];
    const askedAt = systemClock.monotonic();
    const { rows } = await database.query<OfferedRow>(
      `UPDATE loyalty_outbox.request AS r SET claim = $2
       FROM loyalty_outbox.outbox AS o
       WHERE r.standby = $1 AND (r.claim IS NULL OR r.claim = $2) AND r.answer IS NULL
         AND r.offered_at > clock_timestamp() - $5 * interval '1 ms'
         AND o.id = $3 AND r.outbox = o.id AND r.epoch = o.epoch AND o.lease_until > clock_timestamp()
         AND o.org_id = $4 AND clock_timestamp() < to_timestamp($6::float8 / 1000)
       RETURNING r.id, r.request AS head, r.request_body AS body, r.time_limit,
         (1000 * extract(epoch FROM clock_timestamp() - r.offered_at))::float8 AS age`,
      // The same claim if it is asked again, because the first answer was lost. What was given up may arrive much later, and
      // must take nothing then: nobody would send it.
      [this.#token, randomUUID(), id, this.#options.orgId, oldest, latestThere(this.#time, askedAt) + this.freshFor],
      { answer: bytesAnswer(lease), patience: lease },
    );
    return rows.map(({ id: request, head, body, time_limit: limit, age }) => {
      return { id: request, head, body, limit, began: askedAt - Math.max(0, age) };
    });
  }

  /** @throws {OutboxDatabaseError} */
  async answer(request: string, { head, body }: RelayedText): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query(
      `WITH answered AS (UPDATE loyalty_outbox.request SET answer = $2, answer_body = $3 WHERE id = $1 RETURNING id)
       SELECT pg_notify($4, '') FROM answered`,
      [request, asciiText(head), asciiText(body), answersChannel(this.#outbox)],
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

async function forgetKilledStandbys({ database, id, lease }: DatabaseOutbox): Promise<void> {
  await database.query(
    `DELETE FROM loyalty_outbox.standby WHERE outbox = $1 AND sends_until < clock_timestamp() - interval '1 hour'`,
    [id],
    { answer: bytesAnswer(lease) },
  );
}
