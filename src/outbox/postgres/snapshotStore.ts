import { bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { inPortions } from './inPortions.js';
import type { Snapshot } from './outboxLog.js';

/** Changes that one statement drops. */
const changesAtOnce = 500;
/** Parts of a snapshot that one statement drops: about as many bytes as they are large. */
const partsAtOnce = 8;

/**
 * Stores the outbox as it was after a change, and drops what is older. Returns false if the lease is lost, or the log has
 * no such change any more because the database was restored; nothing that anybody reads has changed then.
 *
 * The row with the lease is never locked for longer than one part takes, so that the lease can be renewed meanwhile. So
 * dropping is not part of the transaction with which the snapshot takes effect. If the process dies in between, what is
 * older stays until the next snapshot; nobody who reads the outbox from its beginning sees it.
 */
export async function storeSnapshot(
  outbox: DatabaseOutbox,
  epoch: number,
  { change, content, dropsChanges }: Snapshot,
): Promise<boolean> {
  const before = await presentSnapshot(outbox, epoch);
  if (before === undefined) return false;
  // After the same change, the outbox is the same. Parts that somebody may be reading are never replaced.
  if (before !== change && !(await replaceSnapshot(outbox, epoch, { change, content }))) return false;
  await dropChanges(outbox, dropsChanges ? change : Math.min(before, change));
  await dropOlderSnapshots(outbox);
  return true;
}

/** Returns the number of the present snapshot; undefined if the lease is lost. */
async function presentSnapshot({ database, id, lease }: DatabaseOutbox, epoch: number): Promise<number | undefined> {
  const { rows } = await database.query<{ snapshot: string }>(
    'SELECT snapshot FROM loyalty_outbox.outbox WHERE id = $1 AND epoch = $2',
    [id, epoch],
    { answer: bytesAnswer(lease) },
  );
  return rows[0] && Number(rows[0].snapshot);
}

/** Returns false if the lease is lost. */
async function replaceSnapshot(
  outbox: DatabaseOutbox,
  epoch: number,
  { change, content }: Pick<Snapshot, 'change' | 'content'>,
): Promise<boolean> {
  const { database, id, lease } = outbox;
  await dropUnfinished(outbox, epoch, change);
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
    if (rowCount === 0) return false;
    part += 1;
  }
  const { rowCount } = await database.query(
    'UPDATE loyalty_outbox.outbox SET snapshot = $3 WHERE id = $1 AND epoch = $2 AND change >= $3',
    [id, epoch, change],
    { answer: bytesAnswer(lease) },
  );
  return rowCount !== 0;
}

/** Drops the parts of a snapshot after the same change that was not stored to its end: it may have had more of them. */
async function dropUnfinished({ database, id }: DatabaseOutbox, epoch: number, change: number): Promise<void> {
  await inPortions(database, {
    // As above: whoever has the lease by now may be storing this very snapshot.
    text: `WITH held AS (
        SELECT id FROM loyalty_outbox.outbox WHERE id = $1 AND epoch = $2 AND snapshot <> $3 FOR SHARE)
      DELETE FROM loyalty_outbox.snapshot_part WHERE (outbox, snapshot, part) IN (
        SELECT outbox, snapshot, part FROM loyalty_outbox.snapshot_part JOIN held ON outbox = held.id
        WHERE snapshot = $3 LIMIT ${partsAtOnce})`,
    values: [id, epoch, change],
  });
}

/**
 * Drops changes, the first ones first, so that whoever finds the one that follows finds all behind it. The snapshot that
 * the database has now has them, so that this is right even if the lease is lost, or the database restored, meanwhile.
 */
async function dropChanges({ database, id }: DatabaseOutbox, upTo: number): Promise<void> {
  await inPortions(database, {
    text: `DELETE FROM loyalty_outbox.change WHERE outbox = $1 AND number <= least($2::bigint,
        (SELECT snapshot FROM loyalty_outbox.outbox WHERE id = $1),
        (SELECT min(number) FROM loyalty_outbox.change WHERE outbox = $1) + ${changesAtOnce - 1})`,
    values: [id, upTo],
  });
}

/** Drops all snapshots before the present one, whoever has stored that: its number only grows. */
async function dropOlderSnapshots({ database, id }: DatabaseOutbox): Promise<void> {
  await inPortions(database, {
    text: `DELETE FROM loyalty_outbox.snapshot_part WHERE (outbox, snapshot, part) IN (
        SELECT outbox, snapshot, part FROM loyalty_outbox.snapshot_part
        WHERE outbox = $1 AND snapshot < (SELECT snapshot FROM loyalty_outbox.outbox WHERE id = $1)
        LIMIT ${partsAtOnce})`,
    values: [id],
  });
}
