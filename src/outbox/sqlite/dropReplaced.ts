import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/** Drops items that were corrected while they were being sent. Their corrections remain and are looked up. */
export function dropReplaced(db: DatabaseSync): void {
  const replaced = db
    .prepare(`UPDATE item SET state = 'replaced' WHERE current IS NULL AND state = 'sent' RETURNING seq, member`)
    .all();
  const free = db.prepare('UPDATE lane SET open = open - 1, blocked = blocked - 1 WHERE member = ?');
  const drop = db.prepare('DELETE FROM payload WHERE item = ?');
  for (const { seq = null, member = null } of replaced) {
    free.run(member);
    drop.run(seq);
  }
}

/** Drops the payloads of delivered items that an earlier process kept. */
export function dropKeptPayloads(db: DatabaseSync): void {
  db.exec(`DELETE FROM payload WHERE EXISTS (SELECT 1 FROM item WHERE seq = payload.item AND state = 'done')`);
}
