import { inTransaction, type DatabaseSync } from '../../base/sqlite.js';
import { OpenItemsError } from '../outboxErrors.js';
import { forgottenKey } from './forgottenKey.js';

/**
 * Erases a member and leaves hashes of keys, so that the counts of every run still add up.
 *
 * @param outbox its name, for an error
 */
export function forgetMember(db: DatabaseSync, member: string, outbox: string): number {
  const erased = eraseMember(db, member, outbox);
  // SQLite leaves the bytes of what was deleted in the file until their place is needed: it is written anew without them.
  db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
  return erased;
}

function eraseMember(db: DatabaseSync, member: string, outbox: string): number {
  return inTransaction(db, () => {
    const open = Number(db.prepare('SELECT open FROM lane WHERE member = ?').get(member)?.['open'] ?? 0);
    if (open > 0) throw new OpenItemsError(member, open, outbox);
    const items = db.prepare('SELECT seq, key FROM item WHERE member = ?').all(member);
    for (const { seq, key } of items) eraseItem(db, Number(seq), String(key));
    db.prepare(
      `UPDATE line SET key = NULL, member = NULL, value = NULL, content = NULL, raw = NULL, message = 'Erased.'
       WHERE member = ?`,
    ).run(member);
    db.prepare('DELETE FROM lane WHERE member = ?').run(member);
    return items.length;
  });
}

function eraseItem(db: DatabaseSync, seq: number, key: string): void {
  db.prepare(
    `UPDATE item SET key = ?, current = NULL, member = '', content = '', details = '', message = NULL WHERE seq = ?`,
  ).run(forgottenKey(key), seq);
  db.prepare('UPDATE past SET message = NULL WHERE item = ?').run(seq);
  db.prepare('DELETE FROM payload WHERE item = ?').run(seq);
  db.prepare('DELETE FROM sighting WHERE item = ?').run(seq);
  // A correction may have given the key to another member, whose lines are still to be told apart.
  db.prepare(
    `DELETE FROM overruled WHERE key = ?1 AND NOT EXISTS (
     SELECT 1 FROM item WHERE key = ?1 AND current = 1)`,
  ).run(key);
}
