import type { BulkJob, BulkJobs } from '../bulkJob.js';
import type { BareItem } from '../item.js';
import { bareColumns, isOpen, ownStateTables, toBareItem } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

export class SqliteBulkJobs implements BulkJobs {
  readonly #store: OutboxStore;

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  async unended(): Promise<readonly BulkJob[]> {
    const { db } = this.#store;
    const items = db.prepare(
      `SELECT ${bareColumns} FROM ${ownStateTables}
       WHERE own.item IN (SELECT value FROM json_each(?)) AND own.current = 1 AND own.${isOpen} ORDER BY own.item`,
    );
    return db
      .prepare('SELECT id, items FROM bulk_job ORDER BY seq')
      .all()
      .map((row) => ({ id: String(row['id']), items: items.all(String(row['items'])).map(toBareItem) }));
  }

  async begin(id: string, items: readonly BareItem[]): Promise<void> {
    const seqs = JSON.stringify(items.map(({ seq }) => seq));
    this.#store.change(() => {
      this.#store.db.prepare('INSERT INTO bulk_job (id, items) VALUES (?, ?)').run(id, seqs);
    });
  }

  async end(ids: readonly string[]): Promise<void> {
    this.#store.change(() => {
      this.#store.db
        .prepare('DELETE FROM bulk_job WHERE id IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(ids));
    });
  }
}
