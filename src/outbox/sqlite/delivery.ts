import { randomUUID } from 'node:crypto';
import { inTransaction, type DatabaseSync, type StatementSync } from '../../base/sqlite.js';
import type { AbsentReason, Batch, Delivery, Outcome, OutboxItem } from '../outbox.js';
import { checked, itemColumns, toItem } from './rows.js';

type PackOptions = Parameters<Delivery['pack']>[0];

export class SqliteDelivery implements Delivery {
  private readonly freeLanes: StatementSync;
  private readonly firstReady: StatementSync;
  private readonly markSent: StatementSync;
  private readonly changeState: StatementSync;
  private readonly changeLane: StatementSync;
  private readonly refuseReady: StatementSync;
  private readonly checkLane: StatementSync;
  private readonly longest: StatementSync;
  private readonly unchecked: StatementSync;
  private readonly due: StatementSync;
  private readonly firstUnknownOf: StatementSync;
  private readonly postpone: StatementSync;
  private readonly unsettled: Outcome[] = [];
  private settling: Promise<void> | undefined;

  public constructor(private readonly db: DatabaseSync) {
    this.freeLanes = db.prepare(
      `SELECT member FROM lane WHERE blocked = 0 AND checked = 1 AND open > 0 AND until <= ?
       ORDER BY open DESC LIMIT ?`,
    );
    this.firstReady = db.prepare(
      `SELECT ${itemColumns} FROM item WHERE state = 'ready' AND member = ? ORDER BY seq LIMIT 1`,
    );
    this.markSent = db.prepare(
      `UPDATE item SET state = 'sent', request = ?, sent_at = ?, attempts = attempts + 1, until = NULL,
       code = NULL, message = NULL WHERE seq = ?`,
    );
    this.changeState = db.prepare(
      'UPDATE item SET state = ?, until = ?, journal_id = ?, code = ?, message = ? WHERE seq = ?',
    );
    // An item that is ready again may belong to a member who was looked for while it was on its way.
    this.changeLane = db.prepare(
      `UPDATE lane SET open = open + ?, blocked = blocked + ?, until = ?,
       checked = CASE checked WHEN ${checked.absent} THEN ${checked.no} ELSE checked END WHERE member = ?`,
    );
    this.refuseReady = db.prepare(
      `UPDATE item SET state = 'refused', code = ?, message = ? WHERE member = ? AND state = 'ready'`,
    );
    this.checkLane = db.prepare('UPDATE lane SET checked = ?, open = open - ? WHERE member = ?');
    // Without the hint, SQLite walks over all open lanes for the few that are unchecked.
    this.unchecked = db.prepare(
      'SELECT member FROM lane INDEXED BY lane_unchecked WHERE checked = 0 AND open > 0 LIMIT ?',
    );
    this.due = db.prepare(
      `SELECT ${itemColumns} FROM item WHERE state = 'unknown' AND until <= ? ORDER BY until, seq LIMIT ?`,
    );
    this.firstUnknownOf = db.prepare(
      `SELECT seq, until FROM item WHERE state = 'unknown' AND member = ? ORDER BY seq LIMIT 1`,
    );
    this.postpone = db.prepare('UPDATE item SET until = ? WHERE seq = ?');
    this.longest = db.prepare('SELECT open FROM lane WHERE open > 0 ORDER BY open DESC LIMIT 1');
  }

  public async recover(settleWindow: number): Promise<number> {
    const { changes } = this.db
      .prepare(`UPDATE item SET state = 'unknown', until = sent_at + ? WHERE state = 'sent'`)
      .run(settleWindow);
    // A member that was absent may have been enrolled since.
    this.db.prepare('UPDATE lane SET checked = ? WHERE checked = ?').run(checked.no, checked.absent);
    return Number(changes);
  }

  public async uncheckedMembers(limit: number): Promise<string[]> {
    return this.unchecked.all(limit).map((row) => String(row['member']));
  }

  public async checkedMembers(
    found: readonly string[],
    absent: readonly string[],
    reason: AbsentReason,
  ): Promise<number> {
    return inTransaction(this.db, () => {
      let refused = 0;
      for (const member of found) this.checkLane.run(checked.found, 0, member);
      for (const member of absent) {
        const changes = Number(this.refuseReady.run(reason.code, reason.message(member), member).changes);
        this.checkLane.run(checked.absent, changes, member);
        refused += changes;
      }
      return refused;
    });
  }

  public async open(): Promise<number> {
    const row = this.db.prepare('SELECT coalesce(sum(open), 0) AS open FROM lane WHERE open > 0').get();
    return Number(row?.['open']);
  }

  public longestLane(): number {
    return Number(this.longest.get()?.['open'] ?? 0);
  }

  public async pack({ size, atLeast, count, now }: PackOptions): Promise<Batch[]> {
    const lanes = this.freeLanes.all(now, size * count);
    const full = Math.floor(lanes.length / size);
    const rest = lanes.length - full * size;
    const batches = rest > 0 && rest >= atLeast ? full + 1 : full;
    if (batches === 0) return [];
    return inTransaction(this.db, () =>
      Array.from({ length: batches }, (_, index) =>
        this.packLanes(
          lanes.slice(index * size, (index + 1) * size).map(({ member }) => String(member)),
          now,
        ),
      ),
    );
  }

  private packLanes(members: readonly string[], now: number): Batch {
    const items = members.map((member) => {
      const row = this.firstReady.get(member);
      // An empty batch would be packed again and again, and the run would never end.
      if (!row) throw new Error(`The outbox contradicts itself: the free member ${member} has nothing ready.`);
      return toItem(row);
    });
    for (const member of members) this.changeLane.run(0, 1, 0, member);
    return this.send(items, now);
  }

  public async repack(items: readonly OutboxItem[], now: number): Promise<Batch> {
    return inTransaction(this.db, () => this.send(items, now));
  }

  /** Answers come in crowds, and a commit costs the same for one as for all: those of one turn share it. */
  public async settle(outcomes: readonly Outcome[]): Promise<void> {
    this.unsettled.push(...outcomes);
    this.settling ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.settling = undefined;
        try {
          this.settleAll(this.unsettled.splice(0));
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    return this.settling;
  }

  public async dueUnknown(now: number, limit: number): Promise<OutboxItem[]> {
    return this.due.all(now, limit).map(toItem);
  }

  public async firstUnknown(items: readonly OutboxItem[]): Promise<OutboxItem[]> {
    return inTransaction(this.db, () =>
      items.filter(({ seq, member }) => {
        const first = this.firstUnknownOf.get(member);
        if (first?.['seq'] === seq) return true;
        this.postpone.run(first?.['until'] ?? null, seq);
        return false;
      }),
    );
  }

  public async nextDue(): Promise<number | undefined> {
    const row = this.db
      .prepare(
        `SELECT min(until) AS due FROM (
           SELECT min(until) AS until FROM item WHERE state = 'unknown'
           UNION ALL
           SELECT min(until) FROM lane WHERE blocked = 0 AND checked = 1 AND open > 0
           UNION ALL
           SELECT 0 WHERE EXISTS (SELECT 1 FROM lane INDEXED BY lane_unchecked WHERE checked = 0 AND open > 0))`,
      )
      .get();
    const due = row?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  public async withoutJournalId(limit: number): Promise<OutboxItem[]> {
    const rows = this.db
      .prepare(`SELECT ${itemColumns} FROM item WHERE state = 'done' AND journal_id IS NULL ORDER BY seq LIMIT ?`)
      .all(limit);
    return rows.map(toItem);
  }

  public async recordJournalIds(found: readonly { seq: number; journalId: string | undefined }[]): Promise<void> {
    const update = this.db.prepare('UPDATE item SET journal_id = ? WHERE seq = ?');
    inTransaction(this.db, () => {
      for (const { seq, journalId } of found) update.run(journalId ?? '', seq);
    });
  }

  private settleAll(outcomes: readonly Outcome[]): void {
    inTransaction(this.db, () => {
      for (const outcome of outcomes) this.settleOne(outcome);
    });
  }

  private send(items: readonly OutboxItem[], sentAt: number): Batch {
    const requestId = randomUUID();
    for (const { seq } of items) this.markSent.run(requestId, sentAt, seq);
    return { requestId, sentAt, items: items.map((item) => ({ ...item, state: 'sent', attempts: item.attempts + 1 })) };
  }

  /** A lane is free again unless the item still blocks it; it is one shorter when the item has come to its end. */
  private settleOne(outcome: Outcome): void {
    const { item, to } = outcome;
    const until = 'until' in outcome ? outcome.until : null;
    const [code, message] = 'code' in outcome ? [outcome.code, outcome.message] : [null, null];
    const journalId = to === 'done' ? (outcome.journalId ?? null) : null;
    this.changeState.run(to, to === 'unknown' ? until : null, journalId, code, message, item.seq);
    const ended = to === 'done' || to === 'refused' ? -1 : 0;
    const unblocked = to === 'unknown' || to === 'parked' ? 0 : -1;
    this.changeLane.run(ended, unblocked, to === 'ready' ? until : 0, item.member);
  }
}
