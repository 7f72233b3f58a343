import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { systemClock } from '../../base/clock.js';
import type { OfferedRequest, RelayedText } from '../relay.js';
import { asciiText } from './asciiText.js';
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
  /** Milliseconds of the lease. */
  readonly left: number;
}

/** Milliseconds. A request that nobody has taken for so long has been taken back, or will be. */
const oldest = 10_000;

/** The requests that the process that delivers from a shared outbox offers to this one. */
export class OfferedRequests {
  readonly #outbox: DatabaseOutbox;
  readonly #options: OfferedRequestsOptions;
  readonly #token = randomUUID();
  /** Requests that it has taken and not answered. */
  readonly #taken = new Set<string>();

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

  /**
   * Says that this process sends for others, or only finishes what it has taken.
   * @throws {OutboxDatabaseError}
   */
  async announce(takes: boolean): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const { orgId, connections } = this.#options;
    await database.query(
      `INSERT INTO loyalty_outbox.standby (token, outbox, org_id, host, pid, connections, sends_until)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 ms')
       ON CONFLICT (token) DO UPDATE SET sends_until = excluded.sends_until, connections = excluded.connections`,
      [this.#token, id, orgId, hostname(), process.pid, takes ? connections : 0, lease],
      { answer: leaseAnswer(lease), patience: lease },
    );
  }

  /** Says that this process has ended: whatever it has not answered is in doubt. */
  async leave(): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query('DELETE FROM loyalty_outbox.standby WHERE token = $1', [this.#token], {
      ...{ answer: leaseAnswer(lease), patience: lease },
    });
  }

  /**
   * Takes what is offered to this process, and what a statement has taken for it whose answer was lost. Whoever offers it
   * must have the lease at this moment. No request is returned twice.
   * @throws {OutboxDatabaseError} what was taken by then is returned by the next call
   */
  async take(): Promise<OfferedRequest[]> {
    const { database, id, lease } = this.#outbox;
    const freshFor = leaseAnswer(lease);
    const askedAt = systemClock.monotonic();
    const { rows } = await database.query<OfferedRow>(
      `UPDATE loyalty_outbox.request AS r SET claim = $1
       FROM loyalty_outbox.outbox AS o
       WHERE r.standby = $1 AND (r.claim IS NULL OR r.claim = $1) AND r.answer IS NULL AND r.id <> ALL($2)
         AND r.offered_at > clock_timestamp() - $5 * interval '1 ms'
         AND o.id = $3 AND r.outbox = o.id AND r.epoch = o.epoch AND o.lease_until > clock_timestamp()
         AND o.org_id = $4
       RETURNING r.id, r.request AS head, r.request_body AS body, r.time_limit,
         (1000 * extract(epoch FROM clock_timestamp() - r.offered_at))::float8 AS age,
         (1000 * extract(epoch FROM o.lease_until - clock_timestamp()))::float8 AS left`,
      [this.#token, [...this.#taken], id, this.#options.orgId, oldest],
      { answer: bytesAnswer(lease), patience: lease },
    );
    for (const row of rows) this.#taken.add(row.id);
    return rows.map(({ id: request, head, body, time_limit: limit, age, left }) => {
      const leavesBefore = askedAt + Math.min(left, freshFor);
      return { id: request, head, body, limit, began: askedAt - Math.max(0, age), leavesBefore };
    });
  }

  /** @throws {OutboxDatabaseError} */
  async answer(request: string, { head, body }: RelayedText): Promise<void> {
    const { database, lease } = this.#outbox;
    const text = asciiText(body);
    await database.query(
      `WITH answered AS (UPDATE loyalty_outbox.request SET answer = $2, answer_body = $3 WHERE id = $1 RETURNING id)
       SELECT pg_notify($4, '') FROM answered`,
      [request, asciiText(head), text, answersChannel(this.#outbox)],
      { answer: bytesAnswer(lease, text.length) },
    );
    // Not if that failed: its row has no answer, and it would be taken once more.
    this.#taken.delete(request);
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
