import type { StatementSync } from '../../base/sqlite/sqlite.js';
import type { BareItem, Batch, OutboxItem, PositionBatch } from '../item.js';
import type { PackOptions } from '../queues/memberQueues.js';
import { bareColumns, itemColumns, toBareItem, toItem } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';

/** Most items of a row of `batch`. */
const mostInList = 1000;

/** How items are read. */
interface Reading<Item extends BareItem> {
  readonly select: StatementSync;
  readonly made: (row: ItemRow) => Item;
}

/** Reads items and stores the intent to send them. Must be called within a transaction. */
export class BatchPacker {
  readonly #store: OutboxStore;
  readonly #whole: Reading<OutboxItem>;
  readonly #bare: Reading<BareItem>;
  readonly #withOwnState: StatementSync;
  readonly #markSent: StatementSync;

  constructor(store: OutboxStore) {
    this.#store = store;
    const select = (columns: string, content: string): StatementSync =>
      store.db.prepare(
        `SELECT ${columns}, own.item IS NOT NULL AS has_own FROM json_each(?) AS wanted
         JOIN item ON item.seq = wanted.value ${content}
         LEFT JOIN item_state AS own ON own.item = item.seq`,
      );
    this.#whole = { select: select(itemColumns, 'JOIN payload ON payload.item = item.seq'), made: toItem };
    this.#bare = { select: select(bareColumns, ''), made: toBareItem };
    this.#withOwnState = store.db.prepare('SELECT item FROM item_state WHERE item IN (SELECT value FROM json_each(?))');
    // The latest error stays with the item, so that a reason remains if the process dies now.
    this.#markSent = store.db.prepare(
      `UPDATE item_state SET state = 'sent', was_sent = 1, attempts = attempts + 1, until = NULL
       WHERE item = ? AND current = 1 AND state IN ('ready', 'unknown', 'sent') RETURNING attempts`,
    );
  }

  /** Takes the first items of the longest free queues, and stores the intent to send them. */
  pack(options: PackOptions): Batch[] {
    const taken = this.#store.openItems.queues.take(options);
    const items = new Map<number, OutboxItem>();
    const withOwnState = new Set<number>();
    for (const row of this.#whole.select.iterate(JSON.stringify(taken.flat()))) {
      const item = toItem(row);
      items.set(item.seq, { ...item, state: 'sent', attempts: item.attempts + 1 });
      if (row['has_own'] === 1) withOwnState.add(item.seq);
    }
    const batches = taken.map((seqs) => ({ items: seqs.map((seq) => items.get(seq) ?? missing(seq)) }));
    this.#storeIntent(taken.flatMap(inLists), withOwnState);
    return batches;
  }

  packPositions(options: PackOptions): PositionBatch[] {
    // Reading in needs a large cache for the keys. A job reads its items once, in their order.
    this.#store.db.exec('PRAGMA cache_size = -4096');
    const batches = this.#store.openItems.queues.takeShares(options).map((shares) => ({
      items: shares.flatMap(({ seqs }) => seqs),
      members: shares.map(({ member, seqs }) => ({ member, items: seqs.length })),
    }));
    for (const list of batches.flatMap(({ items }) => inLists(items))) {
      const own = this.#withOwnState.all(JSON.stringify(list)).map(({ item }) => Number(item));
      this.#storeIntent([list], new Set(own));
    }
    return batches;
  }

  read(positions: readonly number[]): OutboxItem[] {
    return this.#read(positions, this.#whole);
  }

  readBare(positions: readonly number[]): BareItem[] {
    return this.#read(positions, this.#bare);
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

  #storeIntent(lists: readonly (readonly number[])[], withOwnState: ReadonlySet<number>): void {
    for (const seq of withOwnState) this.#markSent.get(seq);
    const plain = lists.map((seqs) => seqs.filter((seq) => !withOwnState.has(seq)));
    this.#store.log.send(plain.filter(({ length }) => length > 0));
  }

  #read<Item extends BareItem>(positions: readonly number[], { select, made }: Reading<Item>): Item[] {
    const items = new Map<number, Item>();
    for (const row of select.iterate(JSON.stringify(positions))) {
      const item = made(row);
      // An item without a state of its own is sent for the first time.
      items.set(item.seq, row['has_own'] === 1 ? item : { ...item, state: 'sent', attempts: 1 });
    }
    return positions.map((seq) => items.get(seq) ?? missing(seq));
  }
}

/** Divides the items of a batch into those that are stored together, so that a large one can be settled in parts. */
function inLists(seqs: readonly number[]): number[][] {
  const lists: number[][] = [];
  for (let at = 0; at < seqs.length; at += mostInList) lists.push(seqs.slice(at, at + mostInList));
  return lists;
}

function missing(seq: number): never {
  throw new Error(`The outbox contradicts itself: what to send of its item ${seq} is missing.`);
}
