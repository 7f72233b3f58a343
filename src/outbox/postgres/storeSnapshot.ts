import { bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import type { Snapshot } from './outboxLog.js';

/**
 * Stores a snapshot, and drops what is older. Returns false, and drops nothing, if the lease is lost.
 * @param epoch number of the lease
 */
export async function storeSnapshot(outbox: DatabaseOutbox, epoch: number, snapshot: Snapshot): Promise<boolean> {
  const parts = await storeParts(outbox, epoch, snapshot);
  return parts !== undefined && replace(outbox, epoch, { ...snapshot, parts });
}

/** Returns how many parts there are; undefined if the lease is lost. */
async function storeParts(
  { database, id, lease }: DatabaseOutbox,
  epoch: number,
  { change, content }: Snapshot,
): Promise<number | undefined> {
  let part = 0;
  for await (const each of content) {
    const { rowCount } = await database.query(
      // The lease cannot be taken until the part is stored, so that no part comes from a process that has lost it.
      `WITH held AS (SELECT id FROM loyalty_outbox.outbox WHERE id = $1 AND epoch = $5 FOR SHARE)
       INSERT INTO loyalty_outbox.snapshot_part (outbox, snapshot, part, content) SELECT id, $2, $3, $4 FROM held
       ON CONFLICT (outbox, snapshot, part) DO UPDATE SET content = excluded.content`,
      [id, change, part, each, epoch],
      { answer: bytesAnswer(lease, each.length) },
    );
    if (rowCount === 0) return undefined;
    part += 1;
  }
  return part;
}

/** Puts the stored parts in the place of what is older. Returns false if the lease is lost. */
async function replace(
  { database, id, lease }: DatabaseOutbox,
  epoch: number,
  { change, dropsChanges, parts }: Omit<Snapshot, 'content'> & { readonly parts: number },
): Promise<boolean> {
  return database.withClient(async (client) => {
    await client.query('BEGIN');
    // Whoever wants the lease waits for this transaction, also if the network is lost in the middle of it.
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = ${Math.ceil(lease)}`);
    const { rows } = await client.query<{ before: string }>(
      `UPDATE loyalty_outbox.outbox AS new SET snapshot = $3 FROM loyalty_outbox.outbox AS old
       WHERE new.id = $1 AND old.id = $1 AND new.epoch = $2 RETURNING old.snapshot AS before`,
      [id, epoch, change],
    );
    if (!rows[0]) {
      await client.query('ROLLBACK');
      return false;
    }
    await client.query('DELETE FROM loyalty_outbox.change WHERE outbox = $1 AND number <= $2', [
      id,
      dropsChanges ? change : Math.min(Number(rows[0].before), change),
    ]);
    await client.query(
      'DELETE FROM loyalty_outbox.snapshot_part WHERE outbox = $1 AND (snapshot <> $2 OR part >= $3)',
      [id, change, parts],
    );
    await client.query('COMMIT');
    return true;
  });
}
