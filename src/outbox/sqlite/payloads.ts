import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';

/** Most done items whose payloads wait to be dropped: nothing else is done while they are. */
const mostWaiting = 20_000;
/** The same for a job of the bulk route: its items end in no order of the file, so each drop rewrites nearly every page. */
export const mostOfJob = 100_000;

/**
 * Drops what was sent and is done. Items end in the order of the queues and not in that of the file, so that dropping
 * each one alone would write nearly a page for each. They are dropped together, in the order of the file. What a killed
 * process has left is dropped when the next one begins.
 */
export class Payloads {
  readonly #db: DatabaseSync;
  readonly #keeps: boolean;
  readonly #keep: StatementSync;
  readonly #drop: StatementSync;
  readonly #dropRange: StatementSync;
  #waiting: (readonly number[])[] = [];
  /** How many items wait. */
  #count = 0;

  /** @param keeps whether to keep what was sent */
  constructor(db: DatabaseSync, keeps: boolean) {
    this.#db = db;
    this.#keeps = keeps;
    this.#keep = db.prepare(
      `INSERT OR REPLACE INTO kept_payload (item, journal)
       SELECT item, journal FROM payload WHERE item IN (SELECT value FROM json_each(?))`,
    );
    this.#drop = db.prepare('DELETE FROM payload WHERE item IN (SELECT value FROM json_each(?))');
    this.#dropRange = db.prepare('DELETE FROM payload WHERE item BETWEEN ? AND ?');
  }

  get hasWaiting(): boolean {
    return this.#count > 0;
  }

  /** Discards what is known in memory. The rows have it. */
  forget(): void {
    this.#waiting = [];
    this.#count = 0;
  }

  /** Drops the payloads of items that are done by the answer to a batch, sooner or later. */
  dropLater(seqs: readonly number[], most = mostWaiting): void {
    this.#waiting.push(seqs);
    this.#count += seqs.length;
    if (this.#count >= most) this.dropWaiting();
  }

  /** Must be called within a transaction. */
  dropWaiting(): void {
    if (this.#count === 0) return;
    // Sorted in place: a list, which is copied while it grows and is sorted, takes three times the memory.
    const seqs = new Float64Array(this.#count);
    let at = 0;
    for (const some of this.#waiting) {
      seqs.set(some, at);
      at += some.length;
    }
    this.dropNow(seqs.sort());
    this.forget();
    this.#storeMark();
  }

  /** Drops these payloads. Must be called within a transaction. */
  dropNow(seqs: ArrayLike<number> & Iterable<number>): void {
    const [first = 0] = seqs;
    const isRange = isWithoutGaps(seqs, first);
    const list = isRange && !this.#keeps ? '' : JSON.stringify([...seqs]);
    if (this.#keeps) this.#keep.run(list);
    // Takes half of the time.
    if (isRange) this.#dropRange.run(first, first + seqs.length - 1);
    else this.#drop.run(list);
  }

  /** Drops what an earlier process has left. Must be called within a transaction. */
  dropLeft(): void {
    const left = this.#db
      .prepare(
        `SELECT CAST(entry.key AS INTEGER) AS item FROM batch, json_each(batch.done) AS entry
         WHERE batch.seq > (SELECT batch FROM payload_mark) AND batch.done IS NOT NULL`,
      )
      .all();
    if (left.length > 0) this.dropNow(left.map(({ item }) => Number(item)).sort((a, b) => a - b));
    this.#storeMark();
    this.forget();
  }

  /** The same, in a transaction of its own. */
  dropLeftIfAny(): void {
    const left = this.#db.prepare(
      'SELECT 1 FROM batch WHERE seq > (SELECT batch FROM payload_mark) AND done IS NOT NULL LIMIT 1',
    );
    if (left.get()) inTransaction(this.#db, () => this.dropLeft());
  }

  /** Drops what an earlier process kept, if this one does not keep anything. */
  dropKept(): void {
    if (!this.#keeps) this.#db.exec('DELETE FROM kept_payload');
  }

  #storeMark(): void {
    this.#db.exec(
      `UPDATE payload_mark SET batch =
         coalesce((SELECT min(seq) - 1 FROM batch WHERE done IS NULL), (SELECT max(seq) FROM batch), 0)`,
    );
  }
}

function isWithoutGaps(seqs: Iterable<number>, first: number): boolean {
  let next = first;
  for (const seq of seqs) if (seq !== next++) return false;
  return true;
}
