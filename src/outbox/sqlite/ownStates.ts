import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { BatchLog } from './batchLog.js';
import type { LogIndex } from './logIndex.js';

/**
 * Gives items a state of their own, with what the log says of them, before something happens to them that the log cannot
 * say. Must be called within a transaction.
 */
export class OwnStates {
  readonly #db: DatabaseSync;
  readonly #log: BatchLog;
  readonly #index: LogIndex;
  readonly #add: StatementSync;
  readonly #addKnown: StatementSync;

  constructor(db: DatabaseSync, log: BatchLog, index: LogIndex) {
    this.#db = db;
    this.#log = log;
    this.#index = index;
    this.#add = db.prepare(
      `INSERT INTO item_state (item, member, run, origin, state, attempts, was_sent, counted, journal_id, effect)
       SELECT item.seq, item.member, item.run, 'new',
         CASE entry.is_done WHEN 1 THEN 'done' WHEN 0 THEN 'sent' ELSE 'ready' END,
         entry.item IS NOT NULL, entry.item IS NOT NULL, coalesce(entry.is_done, 0), entry.journal_id, entry.effect
       FROM json_each(?) AS wanted JOIN item ON item.seq = wanted.value
       LEFT JOIN temp.log_entry AS entry ON entry.item = item.seq
       WHERE NOT EXISTS (SELECT 1 FROM item_state AS own WHERE own.item = item.seq)
       RETURNING item`,
    );
    this.#addKnown = db.prepare(
      `INSERT INTO item_state (item, member, run, origin, state, attempts, was_sent)
       SELECT item.seq, item.member, item.run, 'new', ?2, ?3, ?3
       FROM json_each(?1) AS wanted JOIN item ON item.seq = wanted.value
       WHERE NOT EXISTS (SELECT 1 FROM item_state AS own WHERE own.item = item.seq)`,
    );
  }

  /** For any items. Those that have a state of their own are not changed. */
  give(seqs: readonly number[]): void {
    if (seqs.length === 0) return;
    this.#index.refresh();
    const given = this.#add.all(JSON.stringify(seqs)).map(({ item }) => Number(item));
    this.#log.store(this.#log.release(given));
    for (const [batch, done] of this.#doneBatches(given)) this.#log.removeDone(batch, done);
  }

  /** For items that are known to be under way. Their batches have to be stored by the caller. */
  giveSent(seqs: readonly number[]): void {
    if (seqs.length > 0) this.#addKnown.run(JSON.stringify(seqs), 'sent', 1);
  }

  /** For items that are known to be ready. */
  giveReady(seqs: readonly number[]): void {
    if (seqs.length > 0) this.#addKnown.run(JSON.stringify(seqs), 'ready', 0);
  }

  #doneBatches(seqs: readonly number[]): Map<number, number[]> {
    const rows = this.#db
      .prepare(
        `SELECT entry.item, entry.batch FROM json_each(?) AS wanted JOIN temp.log_entry AS entry ON entry.item = wanted.value
         WHERE entry.is_done = 1`,
      )
      .all(JSON.stringify(seqs));
    const batches = new Map<number, number[]>();
    for (const { item, batch } of rows) {
      const items = batches.get(Number(batch)) ?? [];
      items.push(Number(item));
      batches.set(Number(batch), items);
    }
    return batches;
  }
}
