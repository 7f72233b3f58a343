import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import { storedJson } from './wholeOutbox.js';

/** What the org answered for an item of a batch that is done without any exception. */
export interface DoneInBatch {
  readonly seq: number;
  readonly journalId: string | undefined;
  readonly effect: boolean | undefined;
}

/**
 * The rows of `batch`: what is under way, and what the org has answered. An item leaves its batch when it gets a state
 * of its own. Write methods must be called within a transaction; if it fails, call {@link BatchLog.forget}.
 */
export class BatchLog {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #sent: StatementSync;
  readonly #answer: StatementSync;
  readonly #resend: StatementSync;
  readonly #delete: StatementSync;
  readonly #open: StatementSync;
  /** Items under way, by batch. Undefined until somebody asks. */
  #underWay: Map<number, Set<number>> | undefined;
  /** The batch that was last found: an item is mostly asked for after another one of its batch. */
  #found: number | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO batch (run, items, sent)
       SELECT item.run, json_array_length(sent.value), sent.value
       FROM json_each(?) AS sent JOIN item ON item.seq = sent.value ->> 0 ORDER BY sent.key`,
    );
    this.#open = db.prepare('SELECT seq, sent FROM batch WHERE done IS NULL');
    this.#sent = db.prepare('SELECT seq FROM batch WHERE done IS NULL AND seq = ?');
    this.#answer = db.prepare(
      `UPDATE batch SET sent = NULL, done = ?, items = ?, unnamed = ?, has_effect = ?, without_effect = ? WHERE seq = ?`,
    );
    this.#resend = db.prepare('UPDATE batch SET sent = ?, items = ? WHERE seq = ?');
    this.#delete = db.prepare('DELETE FROM batch WHERE seq = ?');
  }

  /** Discards what is known in memory. The rows have it. */
  forget(): void {
    this.#underWay = undefined;
  }

  /** Returns the batch that has the item under way. */
  batchOf(seq: number): number | undefined {
    const underWay = this.#loaded();
    if (this.#found !== undefined && underWay.get(this.#found)?.has(seq)) return this.#found;
    // Few requests are under way. An index of a hundred thousand items of a job would take megabytes.
    for (const [batch, seqs] of underWay) if (seqs.has(seq)) return (this.#found = batch);
    return undefined;
  }

  /** Returns the items of a batch that are under way. */
  itemsOf(batch: number): ReadonlySet<number> {
    return this.#loaded().get(batch) ?? new Set();
  }

  get isUnderWay(): boolean {
    return this.#loaded()
      .values()
      .some(({ size }) => size > 0);
  }

  allUnderWay(): number[] {
    return [...this.#loaded().values()].flatMap((seqs) => [...seqs]);
  }

  /** Stores the intent to send the items of each of these lists together. */
  send(lists: readonly (readonly number[])[]): void {
    if (lists.length === 0) return;
    const underWay = this.#loaded();
    const { lastInsertRowid } = this.#insert.run(JSON.stringify(lists));
    // The rows of one statement follow each other.
    const before = Number(lastInsertRowid) - lists.length;
    for (const [index, seqs] of lists.entries()) {
      underWay.set(before + index + 1, new Set(seqs));
    }
  }

  /** Stores that all that is left of a batch is done. Either all of these items or none have a known effect. */
  answer(batch: number, items: readonly DoneInBatch[]): void {
    const done = Object.fromEntries(items.map(({ seq, journalId = null }) => [seq, journalId]));
    const unnamed = items.filter(({ journalId }) => journalId === undefined).length;
    const without = items.filter(({ effect }) => effect === false).map(({ seq }) => seq);
    const hasEffect = items.some(({ effect }) => effect !== undefined) ? 1 : null;
    const withoutEffect = without.length > 0 ? JSON.stringify(without) : null;
    this.#answer.run(JSON.stringify(done), items.length, unnamed, hasEffect, withoutEffect, batch);
    this.#drop(batch);
  }

  /** The same if each has a journal with a known Id, and no known effect. @param done Ids by the positions of the items */
  answerNamed(batch: number, done: string, items: number): void {
    this.#answer.run(done, items, 0, null, null, batch);
    this.#drop(batch);
  }

  /** Removes items that are under way from their batches. Returns the batches that were changed. */
  release(seqs: readonly number[]): Set<number> {
    const underWay = this.#loaded();
    const changed = new Set<number>();
    for (const seq of seqs) {
      const batch = this.batchOf(seq);
      if (batch === undefined) continue;
      underWay.get(batch)?.delete(seq);
      changed.add(batch);
    }
    return changed;
  }

  /** Stores what {@link release} left under way of these batches. */
  store(batches: Iterable<number>): void {
    for (const batch of batches) {
      const left = [...this.itemsOf(batch)];
      if (left.length > 0) this.#resend.run(JSON.stringify(left), left.length, batch);
      else if (this.#sent.get(batch)) {
        this.#delete.run(batch);
        this.#drop(batch);
      }
    }
  }

  /** Removes done items from their batches. */
  removeDone(batch: number, seqs: readonly number[]): void {
    const row = this.#db.prepare('SELECT done, has_effect, without_effect FROM batch WHERE seq = ?').get(batch);
    const gone = new Set(seqs);
    const done = Object.entries(this.#read(batch, row?.['done']) as Record<string, string | null>);
    const without = new Set(this.#read(batch, row?.['without_effect'] ?? '[]') as number[]);
    const knowsEffect = row?.['has_effect'] === 1;
    const left = done.flatMap(([key, journalId]): DoneInBatch[] => {
      const seq = Number(key);
      if (gone.has(seq)) return [];
      return [{ seq, journalId: journalId ?? undefined, effect: knowsEffect ? !without.has(seq) : undefined }];
    });
    if (left.length > 0) this.answer(batch, left);
    else this.#delete.run(batch);
  }

  /** Returns done items whose journal Id was not in the answer, at most `limit`. */
  unnamed(limit: number): number[] {
    return this.#db
      .prepare(
        `SELECT CAST(entry.key AS INTEGER) AS item FROM batch, json_each(batch.done) AS entry
         WHERE batch.unnamed > 0 AND entry.type = 'null' ORDER BY batch.seq LIMIT ?`,
      )
      .all(limit)
      .map(({ item }) => Number(item));
  }

  /**
   * Stores journal Ids of done items. An empty one was not found, and is not looked up again. Returns the first batch
   * that was changed.
   */
  name(ids: ReadonlyMap<number, string>): number | undefined {
    const batches = this.#db.prepare('SELECT seq, done FROM batch WHERE unnamed > 0 ORDER BY seq').iterate();
    const changed: [number, Record<string, string | null>][] = [];
    let left = ids.size;
    for (const { seq, done } of batches) {
      if (left <= 0) break;
      const named = this.#read(Number(seq), done) as Record<string, string | null>;
      const found = Object.keys(named).filter((item) => named[item] === null && ids.has(Number(item)));
      for (const item of found) named[item] = ids.get(Number(item)) ?? null;
      left -= found.length;
      if (found.length > 0) changed.push([Number(seq), named]);
    }
    const update = this.#db.prepare('UPDATE batch SET done = ?, unnamed = ? WHERE seq = ?');
    for (const [seq, named] of changed) {
      const unnamed = Object.values(named).filter((id) => id === null).length;
      update.run(JSON.stringify(named), unnamed, seq);
    }
    return changed[0]?.[0];
  }

  /** @throws {OutboxDamagedError} */
  #read(batch: number, list: unknown): unknown {
    return storedJson(this.#db, `the list of the request ${batch}`, list);
  }

  #drop(batch: number): void {
    this.#underWay?.delete(batch);
  }

  #loaded(): Map<number, Set<number>> {
    if (this.#underWay) return this.#underWay;
    const underWay = new Map<number, Set<number>>();
    for (const { seq, sent } of this.#open.all()) {
      underWay.set(Number(seq), new Set(this.#read(Number(seq), sent) as number[]));
    }
    this.#underWay = underWay;
    return underWay;
  }
}
