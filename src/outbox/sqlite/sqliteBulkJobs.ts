import type { BulkJob, BulkJobs } from '../bulkJob.js';
import { isOpen } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

export class SqliteBulkJobs implements BulkJobs {
  readonly #store: OutboxStore;

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  async unended(): Promise<readonly BulkJob[]> {
    const { db } = this.#store;
    const items = db.prepare(
      `SELECT item FROM item_state WHERE item IN (SELECT value FROM json_each(?)) AND current = 1 AND ${isOpen}
       ORDER BY item`,
    );
    return db
      .prepare('SELECT id, items FROM bulk_job ORDER BY seq')
      .all()
      .map((row) => ({
        id: String(row['id']),
        items: items.all(String(row['items'])).map(({ item }) => Number(item)),
      }));
  }

  async begin(id: string, items: readonly number[]): Promise<void> {
    this.#store.change(() => {
      this.#store.db.prepare('INSERT INTO bulk_job (id, items) VALUES (?, ?)').run(id, JSON.stringify(items));
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
