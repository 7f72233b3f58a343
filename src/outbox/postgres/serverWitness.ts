import { OutboxDatabaseError } from '../outboxErrors.js';
import { leaseAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import type { QueryLimits } from './patientDatabase.js';

/**
 * The witness is a row that tells when the server was started, in which database the row is, and in which transaction it
 * was written. After a restored backup of the server, a restart, or the takeover by a replica, the server was started at
 * another time; a copy of the database is another database; a row that was copied back was written in another transaction.
 * So whoever finds a true witness knows that the outbox has lost nothing since it was placed, unless a machine was set back
 * together with its memory. The first 32 bits of the transaction are in `xmin`, a column that nobody can write.
 */
const isTrue = `w.server_started = pg_postmaster_start_time() AND w.xmin::text::bigint = w.transaction % 4294967296
  AND w.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND current_setting('synchronous_commit') <> 'off'`;

/** Whoever has the lease must renew it soon. */
function shortLimits(lease: number): QueryLimits {
  const most = Math.min(leaseAnswer(lease), lease / 3);
  return { answer: most, patience: most };
}

/**
 * Returns whether the witness of the lease before is true, and makes it that of the present lease. One that is not true
 * stays as it is, for everybody, until somebody places another one.
 */
export async function passWitness(
  { database, id, lease }: DatabaseOutbox,
  { before, epoch }: { readonly before: number; readonly epoch: number },
): Promise<boolean> {
  return orFalse(async () => {
    const { rowCount } = await database.query(
      `UPDATE loyalty_outbox.witness AS w SET epoch = $3, transaction = txid_current()
       WHERE outbox = $1 AND epoch = $2 AND ${isTrue}`,
      [id, before, epoch],
      shortLimits(lease),
    );
    return rowCount === 1;
  });
}

/** Makes a new witness of the lease with this epoch, unless that has ended, or the log does not end with this change. */
export async function placeWitness(
  { database, id, lease }: DatabaseOutbox,
  { epoch, change }: { readonly epoch: number; readonly change: number },
): Promise<void> {
  await orFalse(async () => {
    await database.query(
      `INSERT INTO loyalty_outbox.witness (outbox, epoch, server_started, database, transaction)
       SELECT o.id, o.epoch, pg_postmaster_start_time(), d.oid, txid_current()
       FROM loyalty_outbox.outbox AS o, pg_database AS d
       WHERE o.id = $1 AND o.epoch = $2 AND o.change = $3 AND d.datname = current_database()
       ON CONFLICT (outbox) DO UPDATE SET epoch = excluded.epoch, server_started = excluded.server_started,
         database = excluded.database, transaction = excluded.transaction`,
      [id, epoch, change],
      shortLimits(lease),
    );
    return true;
  });
}

/** Returns false if the database refuses or does not answer. Then the next process waits longer, and nothing else. */
async function orFalse(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof OutboxDatabaseError) return false;
    throw error;
  }
}
