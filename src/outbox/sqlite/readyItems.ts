import type { StatementSync } from '../../base/sqlite/sqlite.js';
import type { OutboxItem } from '../item.js';
import type { ItemRefusal } from '../outboxDelivery.js';
import { itemColumns, toItem } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

/** What a dry run does with items that would be sent: it reads all of them in their order, and refuses some. */
export class ReadyItems {
  readonly #store: OutboxStore;
  readonly #after: StatementSync;

  constructor(store: OutboxStore) {
    this.#store = store;
    this.#after = store.db.prepare(
      `SELECT ${itemColumns} FROM payload JOIN item ON item.seq = payload.item
       LEFT JOIN item_state AS own ON own.item = payload.item
       WHERE payload.item > ? AND (own.item IS NULL OR own.state = 'ready') ORDER BY payload.item LIMIT ?`,
    );
  }

  /** Returns the first ones after this position. */
  after(seq: number, limit: number): OutboxItem[] {
    this.#store.openItems.loadForTurn();
    for (let after = seq; ;) {
      const items = this.#after.all(after, limit).map(toItem);
      const last = items.at(-1);
      const ready = items.filter((item) => this.#store.log.batchOf(item.seq) === undefined);
      if (!last || ready.length > 0) return ready;
      after = last.seq;
    }
  }

  refuse(refusals: readonly ItemRefusal[]): void {
    const refuse = this.#store.db.prepare(
      `UPDATE item_state SET state = 'refused', code = ?, message = ? WHERE item = ? AND state = 'ready'`,
    );
    this.#store.openItems.load();
    this.#store.change(() => {
      this.#store.states.giveReady(refusals.map(({ item }) => item.seq));
      for (const { item, code, message } of refusals)
        if (refuse.run(code, message, item.seq).changes > 0) this.#store.openItems.withdraw(item, 'ready');
    });
  }
}
