import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import type { RelayedText } from '../helpers.js';
import { bytesAnswer, leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { requestsChannel } from './helperChannels.js';

/** A machine that helps. */
export interface FoundHelper {
  readonly token: string;
  /** For a person. */
  readonly name: string;
  readonly connections: number;
  /** Until when it helps, by the monotonic clock of this process, unless it says so again. */
  until: number;
}

interface HelperRow {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly connections: number;
  /** Milliseconds. */
  readonly left: number;
}

/** Returns who helps, with a login to the org of the outbox. */
export async function findHelpers({ database, id, lease }: DatabaseOutbox): Promise<FoundHelper[]> {
  const askedAt = systemClock.monotonic();
  const { rows } = await database.query<HelperRow>(
    `SELECT token, host, pid, connections,
       (1000 * extract(epoch FROM helps_until - clock_timestamp()))::float8 AS left
     FROM loyalty_outbox.helper AS h JOIN loyalty_outbox.outbox AS o ON o.id = h.outbox AND o.org_id = h.org_id
     WHERE h.outbox = $1 AND helps_until > clock_timestamp()`,
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
  readonly helper: string;
  /** Milliseconds. */
  readonly limit: number;
  readonly request: RelayedText;
}

/** The greatest number of milliseconds that the table can have. */
const longest = 2 ** 31 - 1;

/** Offers a request to a helper. Returns false if the lease with this epoch has ended. */
export async function offer(outbox: DatabaseOutbox, { id, epoch, helper, limit, request }: Offer): Promise<boolean> {
  const milliseconds = Math.min(Math.ceil(limit), longest);
  const { rowCount } = await outbox.database.query(
    `WITH offered AS (
       INSERT INTO loyalty_outbox.request (id, outbox, epoch, helper, time_limit, request, request_body)
       SELECT $1, o.id, o.epoch, $4, $5, $6, $7 FROM loyalty_outbox.outbox AS o
       WHERE o.id = $2 AND o.epoch = $3 AND o.lease_until > clock_timestamp()
       ON CONFLICT (id) DO UPDATE SET id = excluded.id
       RETURNING id)
     SELECT pg_notify($8, '') FROM offered`,
    [id, outbox.id, epoch, helper, milliseconds, request.head, request.body, requestsChannel(helper)],
    { answer: bytesAnswer(outbox.lease, request.body.length) },
  );
  return rowCount === 1;
}

/** Takes a request back. Returns false if its helper has taken it, or it is gone. */
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

/** Removes what was offered with other leases. Nobody waits for it, and it may have what a member has bought. */
export async function removeOldRequests({ database, id }: DatabaseOutbox, epoch: number): Promise<void> {
  await database.query('DELETE FROM loyalty_outbox.request WHERE outbox = $1 AND epoch <> $2', [id, epoch]);
}

export async function removeRequests({ database }: DatabaseOutbox, ids: readonly string[]): Promise<void> {
  await database.query('DELETE FROM loyalty_outbox.request WHERE id = ANY($1)', [ids]);
}
