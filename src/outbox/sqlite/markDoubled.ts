import { moveItems, untold } from './itemMoves.js';
import type { OutboxStore } from './outboxStore.js';
import { runSeq } from './sqliteRuns.js';

/**
 * Marks keys that the org has twice and that this outbox takes for done or refused, for a run or for the next one. Must
 * be called within a transaction. Returns how many.
 */
export function markDoubled({ db, index, states }: OutboxStore, keys: readonly string[], run?: string): number {
  index.refresh();
  const seqs = db
    .prepare(
      `SELECT seq FROM item_now WHERE key IN (SELECT value FROM json_each(?)) AND current = 1
       AND state IN ('done', 'refused', 'doubled')`,
    )
    .all(JSON.stringify(keys))
    .map(({ seq }) => Number(seq));
  states.give(seqs);
  moveItems(db, { run: run === undefined ? untold : runSeq(db, run), origin: 'carriedOver', seqs });
  const { changes } = db
    .prepare(
      `UPDATE item_state SET state = 'doubled', code = 'DOUBLED', message = 'The org has several journals of ' ||
         (SELECT key FROM item WHERE seq = item_state.item) || '.'
       WHERE item IN (SELECT value FROM json_each(?))`,
    )
    .run(JSON.stringify(seqs));
  return Number(changes);
}
