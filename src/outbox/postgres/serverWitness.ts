import { OutboxDatabaseError } from '../outboxErrors.js';
import { leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';

/**
 * The witness is a row that tells when the server was started and in which transaction the row was written. After a
 * restored backup of the server, a restart, or the takeover by a replica, the server was started at another time; a row
 * that was copied back was written in another transaction. So whoever finds a true witness knows that the database has
 * lost nothing since. The first 32 bits of the transaction are in `xmin`, a column that nobody can write.
 */
const isTrue = `w.server_started = pg_postmaster_start_time() AND w.xmin::text::bigint = w.transaction % 4294967296`;

/**
 * Returns whether the witness of the lease before is true, and makes it that of the present lease. One that is not true
 * stays as it is, for everybody, until somebody places another one.
 */
export async function passWitness(
  { database, id, lease }: DatabaseOutbox,
  { before, epoch }: { readonly before: number; readonly epoch: number },
): Promise<boolean> {
  return possibly(async () => {
    const { rowCount } = await database.query(
      `UPDATE loyalty_outbox.witness AS w SET epoch = $3, transaction = txid_current()
       WHERE outbox = $1 AND epoch = $2 AND ${isTrue}`,
      [id, before, epoch],
      { answer: leaseAnswer(lease), patience: lease },
    );
    return rowCount === 1;
  });
}

/** Makes a new witness of the lease with this epoch, unless that has ended. */
export async function placeWitness({ database, id, lease }: DatabaseOutbox, epoch: number): Promise<void> {
  await possibly(async () => {
    await database.query(
      `INSERT INTO loyalty_outbox.witness (outbox, epoch, server_started, transaction)
       SELECT id, epoch, pg_postmaster_start_time(), txid_current() FROM loyalty_outbox.outbox WHERE id = $1 AND epoch = $2
       ON CONFLICT (outbox) DO UPDATE
       SET epoch = excluded.epoch, server_started = excluded.server_started, transaction = excluded.transaction`,
      [id, epoch],
      { answer: leaseAnswer(lease), patience: lease },
    );
    return true;
  });
}

/** Without a witness, as where the table may not be used, the next process waits longer, and nothing else. */
async function possibly(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof OutboxDatabaseError) return false;
    throw error;
  }
}
