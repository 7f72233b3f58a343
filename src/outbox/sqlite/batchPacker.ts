import type { StatementSync } from '../../base/sqlite/sqlite.js';
import type { Batch, OutboxItem } from '../item.js';
import type { PackOptions } from '../queues/memberQueues.js';
import { itemColumns, toItem } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

/** Reads items and stores the intent to send them. Must be called within a transaction. */
export class BatchPacker {
  readonly #store: OutboxStore;
  readonly #select: StatementSync;
  readonly #markSent: StatementSync;

  constructor(store: OutboxStore) {
    this.#store = store;
    this.#select = store.db.prepare(
      `SELECT ${itemColumns}, own.item IS NOT NULL AS has_own FROM json_each(?) AS wanted
       JOIN item ON item.seq = wanted.value JOIN payload ON payload.item = item.seq
       LEFT JOIN item_state AS own ON own.item = item.seq`,
    );
    // The latest error stays with the item, so that a reason remains if the process dies now.
    this.#markSent = store.db.prepare(
      `UPDATE item_state SET state = 'sent', was_sent = 1, attempts = attempts + 1, until = NULL
       WHERE item = ? AND current = 1 AND state IN ('ready', 'unknown', 'sent') RETURNING attempts`,
    );
  }

  /** Takes the first items of the longest free queues, and stores the intent to send them. */
  pack(options: PackOptions): Batch[] {
    const taken = this.#store.openItems.queues.take(options);
    const rows = this.#rowsOf(taken.flat());
    const plain: number[][] = [];
    const batches = taken.map((seqs) => {
      const packed = this.#send(seqs, rows);
      if (packed.plain.length > 0) plain.push(packed.plain);
      return { items: packed.items };
    });
    this.#store.log.send(plain);
    return batches;
  }

  /** Stores the intent to send these items again. Those that were replaced meanwhile are left out. */
  repack(items: readonly OutboxItem[]): Batch {
    this.#store.states.give(items.map(({ seq }) => seq));
    const sent = items.flatMap((item) => {
      const row = this.#markSent.get(item.seq);
      return row ? { ...item, state: 'sent' as const, attempts: Number(row['attempts']) } : [];
    });
    return { items: sent };
  }

  #rowsOf(seqs: readonly number[]): ReadonlyMap<number, ItemRow> {
    return new Map(this.#select.all(JSON.stringify(seqs)).map((row) => [Number(row['seq']), row]));
  }

  /** Returns the items of a batch, and the positions of those that have no state of their own. */
  #send(seqs: readonly number[], rows: ReadonlyMap<number, ItemRow>): { items: OutboxItem[]; plain: number[] } {
    const plain: number[] = [];
    const items = seqs.map((seq): OutboxItem => {
      const row = rows.get(seq);
      if (!row)
        throw new Error(`The outbox contradicts itself: its item ${seq} is ready, but what to send is missing.`);
      if (row['has_own'] === 1) this.#markSent.get(seq);
      else plain.push(seq);
      const item = toItem(row);
      return { ...item, state: 'sent', attempts: item.attempts + 1 };
    });
    return { items, plain };
  }
}
