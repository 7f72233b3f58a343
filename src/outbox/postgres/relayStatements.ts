import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import type { RelayedText } from '../relay.js';
import { asciiText } from './asciiText.js';
import { bytesAnswer, leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseTime } from './databaseTime.js';
import { requestsChannel } from './relayChannels.js';

/** A standby that sends for others. */
export interface FoundStandby {
  readonly token: string;
  /** For a person. */
  readonly name: string;
  readonly connections: number;
  /** Until when it sends for others, by the monotonic clock of this process, unless it says so again. */
  until: number;
}

interface StandbyRow {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly connections: number;
  /** Milliseconds. */
  readonly left: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * Returns the standbys that send for others, and are logged in to the org of the outbox, and what time it is there.
 * @throws {OutboxDatabaseError}
 */
export async function findStandbys({
  database,
  id,
  lease,
}: DatabaseOutbox): Promise<{ readonly found: FoundStandby[]; readonly time: DatabaseTime | undefined }> {
  const askedAt = systemClock.monotonic();
  const { rows } = await database.query<StandbyRow>(
    `SELECT token, host, pid, connections,
       (1000 * extract(epoch FROM sends_until - clock_timestamp()))::float8 AS left,
       (1000 * extract(epoch FROM clock_timestamp()))::float8 AS time
     FROM loyalty_outbox.standby AS s JOIN loyalty_outbox.outbox AS o ON o.id = s.outbox AND o.org_id = s.org_id
     WHERE s.outbox = $1 AND sends_until > clock_timestamp()`,
    [id],
    { answer: leaseAnswer(lease), patience: lease },
  );
  const found = rows.map(({ token, host, pid, connections, left }) => {
    return { token, name: `Process ${pid} on ${host}`, connections, until: askedAt + left };
  });
  const [first] = rows;
  return { found, time: first && { shown: first.time, askedAt, answeredAt: systemClock.monotonic() } };
}

export interface Offer {
  readonly id: string;
  readonly epoch: number;
  /** Token of the standby. */
  readonly standby: string;
  /** Milliseconds. */
  readonly limit: number;
  /** After this time of the database, in milliseconds since the epoch, it is not stored any more. */
  readonly deadline: number;
  readonly request: RelayedText;
}

/** The greatest number of milliseconds that the table can have. */
const longest = 2 ** 31 - 1;

/**
 * Offers a request to a standby. Returns false if it is certainly not stored, because the lease with this epoch has ended,
 * or the deadline has passed. The statement is sent once: after a crash, which empties the table, a repetition would store a
 * request that a standby has sent already. If it arrives after the deadline, it stores nothing.
 * @throws {OutboxDatabaseError} then nobody knows whether it is stored
 */
export async function offer(
  { database, id: outbox, lease }: DatabaseOutbox,
  { id, epoch, standby, limit, deadline, request }: Offer,
): Promise<boolean> {
  const milliseconds = Math.min(Math.ceil(limit), longest);
  const body = asciiText(request.body);
  const { rowCount } = await database.query(
    `WITH offered AS (
       INSERT INTO loyalty_outbox.request (id, outbox, epoch, standby, time_limit, request, request_body)
       SELECT $1, o.id, o.epoch, $4, $5, $6, $7 FROM loyalty_outbox.outbox AS o
       WHERE o.id = $2 AND o.epoch = $3 AND o.lease_until > clock_timestamp()
         AND clock_timestamp() < to_timestamp($9::float8 / 1000)
       RETURNING id)
     SELECT pg_notify($8, '') FROM offered`,
    [id, outbox, epoch, standby, milliseconds, asciiText(request.head), body, requestsChannel(standby), deadline],
    { answer: bytesAnswer(lease, body.length), patience: lease, once: true },
  );
  return rowCount === 1;
}

/**
 * Takes a request back. Returns false if its standby has taken it, or it is gone.
 * @throws {OutboxDatabaseError}
 */
export async function withdraw({ database, lease }: DatabaseOutbox, id: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'UPDATE loyalty_outbox.request SET claim = $2 WHERE id = $1 AND (claim IS NULL OR claim = $2)',
    [id, randomUUID()],
    { answer: leaseAnswer(lease), patience: lease },
  );
  return rowCount === 1;
}

/** Bytes of the answer to a request of 200 journals. */
const usualAnswer = 64_000;

/**
 * Returns the answers to these requests, undefined for one that has none, and nothing for one that is gone.
 * @throws {OutboxDatabaseError}
 */
export async function answersOf(
  { database, lease }: DatabaseOutbox,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RelayedText | undefined>> {
  const { rows } = await database.query<{ id: string; head: string | null; body: string | null }>(
    'SELECT id, answer AS head, answer_body AS body FROM loyalty_outbox.request WHERE id = ANY($1)',
    [ids],
    { answer: bytesAnswer(lease, ids.length * usualAnswer), patience: lease },
  );
  return new Map(rows.map(({ id, head, body }) => [id, head === null ? undefined : { head, body: body ?? '' }]));
}

/**
 * Removes what was offered with other leases, and what an outbox that is gone has left. Nobody waits for it, and its body
 * may say what a member has bought. Does nothing if another process has the lease meanwhile.
 * @throws {OutboxDatabaseError}
 */
export async function removeOldRequests({ database, id, lease }: DatabaseOutbox, epoch: number): Promise<void> {
  await database.query(
    `DELETE FROM loyalty_outbox.request
     WHERE (outbox = $1 AND epoch <> $2 OR offered_at < clock_timestamp() - interval '1 day')
       AND EXISTS (SELECT FROM loyalty_outbox.outbox AS o WHERE o.id = $1 AND o.epoch = $2)`,
    [id, epoch],
    { answer: bytesAnswer(lease) },
  );
}

/**
 * Removes the content of requests. Afterwards nobody takes them, also not the standby that has taken them already.
 * @throws {OutboxDatabaseError}
 */
export async function emptyRequests({ database, lease }: DatabaseOutbox, ids: readonly string[]): Promise<void> {
  await database.query(
    `UPDATE loyalty_outbox.request SET request_body = '', answer_body = NULL, claim = $2
     WHERE id = ANY($1)`,
    [ids, randomUUID()],
    { answer: bytesAnswer(lease), patience: lease },
  );
}

/** @throws {OutboxDatabaseError} */
export async function removeRequests({ database, lease }: DatabaseOutbox, ids: readonly string[]): Promise<void> {
  const limits = { answer: bytesAnswer(lease), patience: lease };
  await database.query('DELETE FROM loyalty_outbox.request WHERE id = ANY($1)', [ids], limits);
}
