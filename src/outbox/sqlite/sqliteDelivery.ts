import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Batch, ItemFailure, Outcome, OutboxItem } from '../item.js';
import type { AbsentReason, Delivery } from '../outbox.js';
import { BatchPacker } from './batchPacker.js';
import { dropKeptPayloads, dropReplaced } from './dropReplaced.js';
import { checkedItem, itemColumns, itemTables, needsPerson, toItem } from './itemRows.js';
import { moveItems, untold } from './itemMoves.js';
import { JournalCounter } from './journalCounter.js';
import { LaneChecks } from './laneChecks.js';
import { OutcomeWriter } from './outcomeWriter.js';
import { runSeq } from './sqliteRuns.js';

export interface SqliteDeliveryContext {
  /**
   * Throws when the outbox no longer belongs to this process. Is called within the transaction that stores an intent.
   */
  readonly mustBeOurs: () => void;
  /** Whether to keep what was sent after it is done. */
  readonly keepPayloads: boolean;
}

export class SqliteDelivery implements Delivery {
  readonly #db: DatabaseSync;
  readonly #mustBeOurs: () => void;
  readonly #keepPayloads: boolean;
  readonly #outcomes: OutcomeWriter;
  readonly #journals: JournalCounter;
  readonly #checks: LaneChecks;
  readonly #packer: BatchPacker;
  readonly #longest: StatementSync;
  readonly #unchecked: StatementSync;
  readonly #due: StatementSync;
  readonly #firstUnknownOf: StatementSync;
  readonly #postpone: StatementSync;
  readonly #note: StatementSync;
  readonly #unsettled: Outcome[] = [];
  #settling: Promise<void> | undefined;

  constructor(db: DatabaseSync, { mustBeOurs, keepPayloads }: SqliteDeliveryContext) {
    this.#db = db;
    this.#mustBeOurs = mustBeOurs;
    this.#keepPayloads = keepPayloads;
    this.#outcomes = new OutcomeWriter(db, keepPayloads);
    this.#journals = new JournalCounter(db);
    this.#checks = new LaneChecks(db);
    this.#packer = new BatchPacker(db);
    // Without the hint, SQLite scans all open lanes for the few that are unchecked.
    this.#unchecked = db.prepare(
      'SELECT member FROM lane INDEXED BY lane_unchecked WHERE checked = 0 AND open > 0 LIMIT ?',
    );
    this.#due = db.prepare(
      `SELECT ${itemColumns} FROM ${itemTables} WHERE item.state = 'unknown' AND item.until <= ?
       ORDER BY item.until, item.seq LIMIT ?`,
    );
    this.#firstUnknownOf = db.prepare(
      `SELECT seq, until FROM item WHERE state = 'unknown' AND member = ? ORDER BY seq LIMIT 1`,
    );
    this.#postpone = db.prepare('UPDATE item SET until = ? WHERE seq = ?');
    this.#longest = db.prepare('SELECT open FROM lane WHERE open > 0 ORDER BY open DESC LIMIT 1');
    this.#note = db.prepare(
      `UPDATE item SET code = ?1, message = ?2, tries = tries + 1 WHERE seq IN (
         SELECT seq FROM item WHERE member = ?3 AND state = 'ready'
         UNION ALL SELECT seq FROM item WHERE member = ?3 AND state = 'held')`,
    );
  }

  async recover(settledAt: number): Promise<void> {
    inTransaction(this.#db, () => {
      this.#mustBeOurs();
      this.#db
        .prepare(
          `UPDATE item SET state = 'unknown', until = ?
           WHERE current = 1 AND (state = 'sent' OR (state = 'unknown' AND until > 0))`,
        )
        .run(settledAt);
      dropReplaced(this.#db);
      if (!this.#keepPayloads) dropKeptPayloads(this.#db);
      // A member that was absent may have been enrolled in the meantime.
      this.#db
        .prepare('UPDATE lane SET until = 0, checked = CASE checked WHEN ? THEN ? ELSE checked END')
        .run(checkedItem.absent, checkedItem.no);
    });
  }

  async uncheckedMembers(limit: number): Promise<string[]> {
    return this.#unchecked.all(limit).map((row) => String(row['member']));
  }

  async checkedMembers(found: readonly string[], absent: readonly string[], reason: AbsentReason): Promise<number> {
    return inTransaction(this.#db, () => {
      for (const member of found) this.#checks.found(member);
      return absent.reduce((ended, member) => ended + this.#checks.absent(member, reason), 0);
    });
  }

  async open(): Promise<number> {
    // The first condition follows from the second. It lets SQLite use an index.
    const row = this.#db
      .prepare(
        `SELECT coalesce(sum(open), 0) - (SELECT count(*) FROM item WHERE ${needsPerson} AND state = 'parked') AS open
         FROM lane WHERE open > 0`,
      )
      .get();
    return Number(row?.['open']);
  }

  longestQueue(): number {
    return Number(this.#longest.get()?.['open'] ?? 0);
  }

  async pack(options: Parameters<Delivery['pack']>[0]): Promise<Batch[]> {
    const batches = this.#packer.membersOfBatches(options);
    if (batches.length === 0) return [];
    return inTransaction(this.#db, () => {
      this.#mustBeOurs();
      return batches.map((members) => this.#packer.pack(members));
    });
  }

  async repack(items: readonly OutboxItem[]): Promise<Batch> {
    return inTransaction(this.#db, () => {
      this.#mustBeOurs();
      return this.#packer.markSent(items);
    });
  }

  /**
   * Answers often arrive together, and a commit costs the same for one as for many. Those of one turn share a commit.
   */
  async settle(outcomes: readonly Outcome[]): Promise<void> {
    this.#unsettled.push(...outcomes);
    this.#settling ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#settling = undefined;
        try {
          this.#settleAll(this.#unsettled.splice(0));
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    return this.#settling;
  }

  async markDoubled(keys: readonly string[], run?: string): Promise<number> {
    const which = `key IN (SELECT value FROM json_each($keys)) AND current = 1 AND state IN ('done', 'doubled')`;
    const parameters = { $keys: JSON.stringify(keys) };
    return inTransaction(this.#db, () => {
      const into = run === undefined ? untold : runSeq(this.#db, run);
      moveItems(this.#db, { run: into, origin: 'carriedOver', which, parameters });
      const { changes } = this.#db
        .prepare(
          `UPDATE item SET state = 'doubled', code = 'DOUBLED', message = 'The org has several journals of ' || key || '.'
           WHERE ${which}`,
        )
        .run(parameters);
      return Number(changes);
    });
  }

  async noteFailure(members: readonly string[], { code, message }: ItemFailure): Promise<void> {
    inTransaction(this.#db, () => {
      for (const member of members) this.#note.run(code, message, member);
    });
  }

  async dueUnknown(now: number, limit: number): Promise<OutboxItem[]> {
    return this.#due.all(now, limit).map(toItem);
  }

  async firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]> {
    return inTransaction(this.#db, () =>
      items.filter(({ seq, member }) => {
        const first = this.#firstUnknownOf.get(member);
        if (first?.['seq'] === seq) return true;
        this.#postpone.run(first?.['until'] ?? null, seq);
        return false;
      }),
    );
  }

  async nextDue(sends: boolean): Promise<number | undefined> {
    const row = this.#db
      .prepare(
        `SELECT min(until) AS due FROM (
           SELECT min(until) AS until FROM item WHERE state = 'unknown'
           UNION ALL
           SELECT min(until) FROM lane WHERE blocked = 0 AND checked = 1 AND open > 0 AND ?
           UNION ALL
           SELECT 0 WHERE EXISTS (SELECT 1 FROM lane INDEXED BY lane_unchecked WHERE checked = 0 AND open > 0))`,
      )
      .get(+sends);
    const due = row?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  async withoutJournalId(limit: number): Promise<OutboxItem[]> {
    const rows = this.#db
      .prepare(
        `SELECT ${itemColumns} FROM ${itemTables} WHERE item.state = 'done' AND item.journal_id IS NULL
         ORDER BY item.seq LIMIT ?`,
      )
      .all(limit);
    return rows.map(toItem);
  }

  async recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void> {
    const update = this.#db.prepare('UPDATE item SET journal_id = ? WHERE seq = ?');
    inTransaction(this.#db, () => {
      for (const { seq, journalId } of found) update.run(journalId ?? '', seq);
    });
  }

  async firstReady(limit: number): Promise<OutboxItem[]> {
    const rows = this.#db
      .prepare(`SELECT ${itemColumns} FROM ${itemTables} WHERE item.state = 'ready' ORDER BY item.seq LIMIT ?`)
      .all(limit);
    return rows.map(toItem);
  }

  #settleAll(outcomes: readonly Outcome[]): void {
    inTransaction(this.#db, () => {
      this.#mustBeOurs();
      this.#outcomes.write(outcomes);
      this.#journals.count(outcomes);
    });
  }
}
