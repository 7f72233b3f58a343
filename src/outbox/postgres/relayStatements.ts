import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import type { RelayedText } from '../relay.js';
import { bytesAnswer, leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
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
}

/** Returns the standbys that send for others, and are logged in to the org of the outbox. */
export async function findStandbys({ database, id, lease }: DatabaseOutbox): Promise<FoundStandby[]> {
  const askedAt = systemClock.monotonic();
  const { rows } = await database.query<StandbyRow>(
    `SELECT token, host, pid, connections,
       (1000 * extract(epoch FROM sends_until - clock_timestamp()))::float8 AS left
     FROM loyalty_outbox.standby AS s JOIN loyalty_outbox.outbox AS o ON o.id = s.outbox AND o.org_id = s.org_id
     WHERE s.outbox = $1 AND sends_until > clock_timestamp()`,
    [id],
    { answer: leaseAnswer(lease) },
  );
  return rows.map(({ token, host, pid, connections, left }) => {
    return { token, name: `Process ${pid} on ${host}`, connections, until: askedAt + left };
  });
}

export interface Offer {
  readonly id: string;
  readonly epoch: number;
  /** Token of the standby. */
  readonly standby: string;
  /** Milliseconds. */
  readonly limit: number;
  readonly request: RelayedText;
}

/** The greatest number of milliseconds that the table can have. */
const longest = 2 ** 31 - 1;

/** Offers a request to a standby. Returns false if the lease with this epoch has ended. */
export async function offer(outbox: DatabaseOutbox, { id, epoch, standby, limit, request }: Offer): Promise<boolean> {
  const milliseconds = Math.min(Math.ceil(limit), longest);
  const { rowCount } = await outbox.database.query(
    `WITH offered AS (
       INSERT INTO loyalty_outbox.request (id, outbox, epoch, standby, time_limit, request, request_body)
       SELECT $1, o.id, o.epoch, $4, $5, $6, $7 FROM loyalty_outbox.outbox AS o
       WHERE o.id = $2 AND o.epoch = $3 AND o.lease_until > clock_timestamp()
       ON CONFLICT (id) DO UPDATE SET id = excluded.id
       RETURNING id)
     SELECT pg_notify($8, '') FROM offered`,
    [id, outbox.id, epoch, standby, milliseconds, request.head, request.body, requestsChannel(standby)],
    { answer: bytesAnswer(outbox.lease, request.body.length) },
  );
  return rowCount === 1;
}

/** Takes a request back. Returns false if its standby has taken it, or it is gone. */
export async function withdraw({ database, lease }: DatabaseOutbox, id: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'UPDATE loyalty_outbox.request SET claim = $2 WHERE id = $1 AND (claim IS NULL OR claim = $2)',
    [id, randomUUID()],
    { answer: leaseAnswer(lease) },
  );
  return rowCount === 1;
}

/** Returns the answers to these requests, undefined for one that has none, and nothing for one that is gone. */
export async function answersOf(
  { database, lease }: DatabaseOutbox,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RelayedText | undefined>> {
  const { rows } = await database.query<{ id: string; head: string | null; body: string | null }>(
    'SELECT id, answer AS head, answer_body AS body FROM loyalty_outbox.request WHERE id = ANY($1)',
    [ids],
    { answer: bytesAnswer(lease) },
  );
  return new Map(rows.map(({ id, head, body }) => [id, head === null ? undefined : { head, body: body ?? '' }]));
}

/** Removes what was offered with other leases. Nobody waits for it, and its body may say what a member has bought. */
export async function removeOldRequests({ database, id }: DatabaseOutbox, epoch: number): Promise<void> {
  await database.query('DELETE FROM loyalty_outbox.request WHERE outbox = $1 AND epoch <> $2', [id, epoch]);
}

export async function removeRequests({ database }: DatabaseOutbox, ids: readonly string[]): Promise<void> {
  await database.query('DELETE FROM loyalty_outbox.request WHERE id = ANY($1)', [ids]);
}
