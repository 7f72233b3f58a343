import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { isOpen } from './itemRows.js';
import { recoverDetails } from './memberDetails.js';
import type { OutboxStore } from './outboxStore.js';

/**
 * Makes whatever was being sent unknown until `settledAt`, and drops what is no longer needed. Must be called within a
 * transaction that begins the work of a process.
 */
export function recoverItems({ db, log, states, payloads }: OutboxStore, settledAt: number): void {
  const sent = log.allUnderWay();
  states.giveSent(sent);
  log.store(log.release(sent));
  db.prepare(
    `UPDATE item_state SET state = 'unknown', until = ?
     WHERE ${isOpen} AND current = 1 AND (state = 'sent' OR (state = 'unknown' AND until > 0))`,
  ).run(settledAt);
  dropReplaced(db);
  recoverDetails(db, settledAt);
  payloads.dropKept();
}

/** Drops items that were corrected while they were being sent. Their corrections remain and are looked up. */
function dropReplaced(db: DatabaseSync): void {
  const replaced = db
    .prepare(
      `UPDATE item_state SET state = 'replaced' WHERE ${isOpen} AND current = 0 AND state = 'sent' RETURNING item`,
    )
    .all();
  const drop = db.prepare('DELETE FROM payload WHERE item = ?');
  for (const { item } of replaced) drop.run(Number(item));
}
