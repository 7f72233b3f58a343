import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { literal, mentionOf } from '../../base/text/mention.js';
import { OpenItemsError, OutboxBusyError } from '../outboxErrors.js';
import type { Erasure } from '../outbox.js';
import { eraseExported } from './eraseExported.js';
import type { ExportedTexts } from './eraseExported.js';
import { forgottenKey } from './forgottenKey.js';
import { isOpen } from './itemRows.js';

const tablesOfMembers = [
  ...(['found_member', 'touched_member', 'known_progress', 'crossed_threshold'] as const),
  ...(['member_detail', 'enrollment'] as const),
];

/**
 * Erases a member. Hashes of the keys stay, so that the counts of every run still add up. The bytes disappear from the
 * file and from its log.
 *
 * @param outbox name for an error
 */
export function forgetMember(db: DatabaseSync, member: string, outbox: string, exported: ExportedTexts): Erasure {
  emptyLog(db, outbox);
  const erased = inTransaction(db, () => {
    mustOweNothing(db, member, outbox);
    const transactions = eraseItems(db, member) + eraseCalls(db, member);
    const texts = eraseTexts(db, member) + eraseExported(db, exported);
    for (const table of tablesOfMembers) db.prepare(`DELETE FROM ${table} WHERE member = ?`).run(member);
    return { transactions, texts, folders: exported.folders };
  });
  // SQLite leaves the bytes of what was deleted in the file until their place is needed.
  db.exec('VACUUM');
  emptyLog(db, outbox);
  return erased;
}

function mustOweNothing(db: DatabaseSync, member: string, outbox: string): void {
  const row = db
    .prepare(
      `SELECT (SELECT count(*) FROM item JOIN payload ON payload.item = item.seq
               LEFT JOIN item_state AS own ON own.item = item.seq
               WHERE item.member = ?1 AND (own.item IS NULL OR own.${isOpen}))
         + (SELECT count(*) FROM keyed_call WHERE member = ?1 AND state = 'sent') AS open`,
    )
    .get(member);
  const open = Number(row?.['open']);
  if (open > 0) throw new OpenItemsError(member, open, outbox);
}

function eraseItems(db: DatabaseSync, member: string): number {
  const items = db.prepare('SELECT seq, key FROM item WHERE member = ?').all(member);
  // The member of a key that was imported from the org was not known.
  const imported = db.prepare(`SELECT seq, key FROM item WHERE key = ? AND member = ''`);
  for (const { seq, key } of items) {
    for (const other of imported.all(String(key))) eraseItem(db, Number(other['seq']), String(key));
    eraseItem(db, Number(seq), String(key));
  }
  return items.length;
}

function eraseItem(db: DatabaseSync, seq: number, key: string): void {
  db.prepare(`UPDATE item SET key = ?, member = '', content = '', details = '' WHERE seq = ?`).run(
    forgottenKey(key),
    seq,
  );
  db.prepare(`UPDATE item_state SET current = 0, member = '', message = NULL WHERE item = ?`).run(seq);
  db.prepare('UPDATE past SET message = NULL WHERE item = ?').run(seq);
  for (const table of ['payload', 'kept_payload']) db.prepare(`DELETE FROM ${table} WHERE item = ?`).run(seq);
  db.prepare('DELETE FROM sighting WHERE item = ?').run(seq);
  // A correction may have given the key to another member, whose lines must still be distinguished.
  for (const table of ['overruled', 'group_edge'])
    db.prepare(`DELETE FROM ${table} WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM item WHERE key = ?1)`).run(key);
}

/** Keeps the hash of each key, because a call that is repeated with a used key would count twice. */
function eraseCalls(db: DatabaseSync, member: string): number {
  const calls = db.prepare('SELECT key FROM keyed_call WHERE member = ?').all(member);
  const erase = db.prepare(
    `UPDATE keyed_call SET key = ?, member = NULL, hash = '', sent_at = 0, before = 'null', answer = 'null' WHERE key = ?`,
  );
  for (const { key } of calls) erase.run(forgottenKey(String(key)), String(key));
  return calls.length;
}

/**
 * Erases rows of feeds and sentences that name the member, even if they are about somebody else. A number that merely
 * contains the member's, such as `HR-1-B` for `HR-1`, is a different one. The number of a line's own member is removed
 * before the text is searched.
 */
function eraseTexts(db: DatabaseSync, member: string): number {
  const name = mentionOf(member);
  db.function('names_member', (text, owner) => {
    if (typeof text !== 'string') return 0;
    const others = typeof owner === 'string' && owner.toLowerCase() !== member.toLowerCase() ? owner : '';
    return +name.test(others === '' ? text : text.replaceAll(new RegExp(literal(others), 'giu'), ''));
  });
  const gone = `value = NULL, raw = NULL, exported = 0, message = 'Erased.'`;
  const own = db
    .prepare(`UPDATE line SET key = NULL, member = NULL, content = NULL, ${gone} WHERE member = ?`)
    .run(member);
  const others = [
    `UPDATE line SET ${gone}
       WHERE names_member(raw, member) OR names_member(value, member) OR names_member(message, member)`,
    `UPDATE item_state SET message = 'Erased.' WHERE names_member(message, member)`,
    `UPDATE enrollment SET message = 'Erased.' WHERE names_member(message, member)`,
    `UPDATE member_detail SET problem = 'Erased.' WHERE names_member(problem, member)`,
    `UPDATE past SET message = 'Erased.'
       WHERE names_member(message, (SELECT member FROM item WHERE seq = past.item))`,
    `UPDATE run SET stopped = json_set(stopped, '$.message', 'Erased.') WHERE names_member(stopped, NULL)`,
    `UPDATE run SET notes = (
       SELECT json_group_array(
         CASE WHEN names_member(value, NULL) THEN json_set(value, '$.message', 'Erased.') ELSE json(value) END)
       FROM json_each(run.notes))
     WHERE names_member(notes, NULL)`,
  ].map((update) => db.prepare(update).run());
  return [own, ...others].reduce((sum, { changes }) => sum + Number(changes), 0);
}

/**
 * SQLite leaves deleted bytes in the file until their space is needed, and in its log until nobody reads it. Therefore
 * both are rewritten without them.
 * @throws {OutboxBusyError} when another program reads the log; the member is erased, and a repeated call finishes the
 * job
 */
function emptyLog(db: DatabaseSync, outbox: string): void {
  const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  if (busy === 1) throw new OutboxBusyError(outbox, 'another program that reads it, so its log keeps old bytes');
}
