import type { Increment, Increments, ProgressBefore } from '../increment.js';
import type { OutboxStore } from './outboxStore.js';

/** Earlier items of the same key. */
const earlier = 'item AS mine JOIN item AS old ON old.key = mine.key AND old.seq < mine.seq';

export class SqliteIncrements implements Increments {
  readonly #store: OutboxStore;

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  async begin(increments: readonly Increment[]): Promise<void> {
    const { db } = this.#store;
    this.#store.change(() => {
      const drop = db.prepare(
        `DELETE FROM increment WHERE item IN (SELECT old.seq FROM ${earlier} WHERE mine.seq = ?)`,
      );
      const insert = db.prepare('INSERT OR REPLACE INTO increment (item, before, rounds) VALUES (?, ?, ?)');
      for (const { seq, before } of increments) {
        drop.run(seq);
        insert.run(seq, before.completed, before.rounds);
      }
    });
  }

  async of(seqs: readonly number[]): Promise<ReadonlyMap<number, ProgressBefore>> {
    const { db } = this.#store;
    const own = db.prepare('SELECT before, rounds FROM increment WHERE item = ?');
    const old = db.prepare(
      `SELECT before, rounds FROM ${earlier} JOIN increment ON increment.item = old.seq WHERE mine.seq = ?
       ORDER BY old.seq DESC LIMIT 1`,
    );
    return new Map(
      seqs.flatMap((seq): [number, ProgressBefore][] => {
        const [mine, theirs] = [own.get(seq), old.get(seq)];
        const row = mine ?? theirs;
        if (!row) return [];
        const rounds = row['rounds'] === null ? null : Number(row['rounds']);
        return [[seq, { before: { completed: Number(row['before']), rounds }, isOwn: mine !== undefined }]];
      }),
    );
  }
}
