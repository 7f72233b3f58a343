import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Batch, OutboxItem } from '../item.js';
import type { Delivery } from '../outbox.js';
import { itemColumns, itemTables, toItem } from './itemRows.js';

type PackOptions = Parameters<Delivery['pack']>[0];

/** Packs the first ready item of each free lane into batches, longest lanes first. */
export class BatchPacker {
  readonly #freeLanes: StatementSync;
  readonly #firstReadyOf: StatementSync;
  readonly #markSent: StatementSync;
  readonly #blockLane: StatementSync;

  constructor(db: DatabaseSync) {
    this.#freeLanes = db.prepare(
      `SELECT member FROM lane WHERE blocked = 0 AND checked = 1 AND open > 0 AND until <= ?
       ORDER BY open DESC LIMIT ?`,
    );
    this.#firstReadyOf = db.prepare(
      `SELECT ${itemColumns} FROM ${itemTables} WHERE item.state = 'ready' AND item.member = ? ORDER BY item.seq LIMIT 1`,
    );
    // The latest error stays with the item, so that a reason remains if the process dies now.
    this.#markSent = db.prepare(
      `UPDATE item SET state = 'sent', request = ?, attempts = attempts + 1, until = NULL
       WHERE seq = ? AND state IN ('ready', 'unknown', 'sent')`,
    );
    this.#blockLane = db.prepare('UPDATE lane SET blocked = blocked + 1, until = 0 WHERE member = ?');
  }

  /** Returns the members of each batch. The last batch may be smaller, if it has at least `atLeast` members. */
  membersOfBatches({ size, atLeast, count, now }: PackOptions): string[][] {
    const members = this.#freeLanes.all(now, size * count).map(({ member }) => String(member));
    const full = Math.floor(members.length / size);
    const rest = members.length - full * size;
    const batches = rest > 0 && rest >= atLeast ? full + 1 : full;
    return Array.from({ length: batches }, (_, index) => members.slice(index * size, (index + 1) * size));
  }

  /** Takes the first ready item of each of these members, and blocks their lanes. Call it in a transaction. */
  pack(members: readonly string[]): Batch {
    const items = members.map((member) => {
      const row = this.#firstReadyOf.get(member);
      // An empty batch would be packed again and again, and the run would never end.
      if (!row) throw new Error(`The outbox contradicts itself: the free member ${member} has nothing ready.`);
      return toItem(row);
    });
    for (const member of members) this.#blockLane.run(member);
    return this.markSent(items);
  }

  /** Records the intent to send these items together. Call it in a transaction. */
  markSent(items: readonly OutboxItem[]): Batch {
    const requestId = randomUUID();
    const sent = items.filter(({ seq }) => this.#markSent.run(requestId, seq).changes === 1);
    return { requestId, items: sent.map((item) => ({ ...item, state: 'sent', attempts: item.attempts + 1 })) };
  }
}
