import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { OutboxItem } from '../item.js';
import { itemColumns, itemTables, toItem } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

/** Returns done items whose journal Id was not in the answer and has not been looked up. */
export function withoutJournalId({ db, log }: OutboxStore, limit: number): OutboxItem[] {
  const own = db
    .prepare(`SELECT item FROM item_state WHERE state = 'done' AND journal_id IS NULL ORDER BY item LIMIT ?`)
    .all(limit)
    .map(({ item }) => Number(item));
  const seqs = [...own, ...log.unnamed(limit - own.length)];
  return db
    .prepare(
      `SELECT ${itemColumns} FROM ${itemTables} WHERE item.seq IN (SELECT value FROM json_each(?)) ORDER BY item.seq`,
    )
    .all(JSON.stringify(seqs))
    .map((row) => ({ ...toItem(row), state: 'done' }));
}

/** Stores journal Ids. An item whose journal was not found is not looked up again. */
export function recordJournalIds(
  { db, log, index }: OutboxStore,
  found: readonly { seq: number; journalId: string | undefined }[],
): void {
  const update = db.prepare('UPDATE item_state SET journal_id = ? WHERE item = ?');
  inTransaction(db, () => {
    const inBatches = found.filter(({ seq, journalId }) => update.run(journalId ?? '', seq).changes === 0);
    const ids = new Map(inBatches.map(({ seq, journalId }) => [seq, journalId ?? '']));
    const first = log.name(ids);
    if (first !== undefined) index.readAgainFrom(first);
  });
}
