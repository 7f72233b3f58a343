import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type {
  FollowedProgress,
  KnownProgress,
  ProgressReading,
  StoredThreshold,
  TouchedMember,
} from '../followedProgress.js';
import type { ItemRow } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';
import { runSeq } from './sqliteRuns.js';
import { storedJson } from './wholeOutbox.js';

export class SqliteFollowedProgress implements FollowedProgress {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;
  readonly #mustBeOurs: () => void;
  readonly #settle: StatementSync;
  readonly #postpone: StatementSync;
  readonly #know: StatementSync;
  readonly #cross: StatementSync;

  /** @param mustBeOurs throws when the outbox no longer belongs to this process */
  constructor(store: OutboxStore, mustBeOurs: () => void) {
    const { db } = store;
    this.#store = store;
    this.#db = db;
    this.#mustBeOurs = mustBeOurs;
    this.#settle = db.prepare('DELETE FROM touched_member WHERE member = ? AND touches = ?');
    this.#postpone = db.prepare('UPDATE touched_member SET reads = ?, due = ? WHERE member = ? AND touches = ?');
    this.#know = db.prepare(
      `INSERT OR REPLACE INTO known_progress (member, promotion, attribute, record, restarts, completed, peak)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#cross = db.prepare(
      'INSERT INTO crossed_threshold (id, run, member, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
  }

  async begin(): Promise<void> {
    this.#store.changeTables(() => {
      this.#mustBeOurs();
      this.#db.exec('UPDATE touched_member SET due = 0, reads = 0');
      this.#db.exec(`DELETE FROM found_member WHERE member NOT IN (SELECT member FROM known_progress)`);
    });
  }

  async unread(members: readonly string[]): Promise<string[]> {
    const unread = new Set(this.#unreadOf(members));
    return members.filter((member) => unread.has(member.toLowerCase()));
  }

  async storeFirst(members: readonly string[], progress: readonly KnownProgress[]): Promise<void> {
    inTransaction(this.#db, () => {
      this.#mustBeOurs();
      const unread = new Set(this.#unreadOf(members));
      for (const member of unread) this.#markRead(member);
      for (const each of progress) if (unread.has(each.member.toLowerCase())) this.#remember(each);
    });
  }

  async due(now: number, limit: number): Promise<TouchedMember[]> {
    return this.#db
      .prepare('SELECT member, touches, reads FROM touched_member WHERE due <= ? ORDER BY due, member LIMIT ?')
      .all(now, limit)
      .map(({ member, touches, reads }) => ({
        member: String(member),
        touches: Number(touches),
        reads: Number(reads),
      }));
  }

  async nextDue(): Promise<number | undefined> {
    const due = this.#db.prepare('SELECT min(due) AS due FROM touched_member').get()?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  async known(members: readonly string[]): Promise<ReadonlyMap<string, readonly KnownProgress[]>> {
    const rows = this.#db
      .prepare('SELECT * FROM known_progress WHERE member IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(members));
    const byMember = Map.groupBy(rows, ({ member }) => String(member).toLowerCase());
    return new Map([...byMember].map(([member, all]) => [member, all.filter(isOfPromotion).map(toKnown)]));
  }

  async store({ run, settled, later, progress, crossed }: ProgressReading): Promise<void> {
    inTransaction(this.#db, () => {
      this.#mustBeOurs();
      const seq = runSeq(this.#db, run);
      for (const { member, touches } of settled) this.#settle.run(member, touches);
      for (const { member, due } of later) this.#postpone.run(member.reads, due, member.member, member.touches);
      for (const { member } of [...settled, ...later.map((each) => each.member)]) this.#markRead(member);
      for (const each of progress) this.#remember(each);
      for (const { id, member, event } of crossed) this.#cross.run(id, seq, member, JSON.stringify(event));
    });
  }

  async untold(limit: number, except: readonly string[]): Promise<StoredThreshold[]> {
    return this.#db
      .prepare(
        `SELECT id, member, event FROM crossed_threshold
         WHERE told = 0 AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`,
      )
      .all(JSON.stringify(except), limit)
      .map((row) => this.#toThreshold(row));
  }

  async told(ids: readonly string[]): Promise<void> {
    inTransaction(this.#db, () => {
      this.#mustBeOurs();
      this.#db
        .prepare('UPDATE crossed_threshold SET told = 1 WHERE id IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(ids));
    });
  }

  *thresholds(run: string): Iterable<StoredThreshold & { readonly isTold: boolean }> {
    const rows = this.#db
      .prepare('SELECT id, member, event, told FROM crossed_threshold WHERE run = ? ORDER BY seq')
      .iterate(runSeq(this.#db, run));
    for (const row of rows) yield { ...this.#toThreshold(row), isTold: row['told'] === 1 };
  }

  /** In lower case. */
  #unreadOf(members: readonly string[]): string[] {
    const rows = this.#db
      .prepare('SELECT DISTINCT member FROM known_progress WHERE member IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(members));
    const read = new Set(rows.map(({ member }) => String(member).toLowerCase()));
    return members.map((member) => member.toLowerCase()).filter((member) => !read.has(member));
  }

  #markRead(member: string): void {
    this.#know.run(member, '', '', '', 0, 0, 0);
  }

  #remember({ member, promotionId, attribute, recordId, restarts, completed, peak }: KnownProgress): void {
    this.#know.run(member, promotionId, attribute, recordId, restarts, completed, peak);
  }

  #toThreshold({ id, member, event }: ItemRow): StoredThreshold {
    return {
      id: String(id),
      member: String(member),
      event: storedJson(this.#db, `what is stored for the threshold ${String(id)}`, event),
    };
  }
}

/** The other rows only say that the member was read. */
function isOfPromotion({ promotion }: ItemRow): boolean {
  return promotion !== '';
}

function toKnown(row: ItemRow): KnownProgress {
  return {
    member: String(row['member']),
    promotionId: String(row['promotion']),
    recordId: String(row['record']),
    attribute: String(row['attribute']),
    restarts: Number(row['restarts']),
    completed: Number(row['completed']),
    peak: Number(row['peak']),
  };
}
