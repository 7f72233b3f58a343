import type { EnrollmentDetails } from '../../transaction.js';
import type { Enrollment, Enrollments, MemberDetails } from '../enrollments.js';
import { optionalNumber, optionalText } from './itemRows.js';
import type { ItemRow } from './itemRows.js';
import type { OutboxStore } from './outboxStore.js';
import { runSeq } from './sqliteRuns.js';
import { storedJson } from './wholeOutbox.js';

export class SqliteEnrollments implements Enrollments {
  readonly #store: OutboxStore;
  readonly #mustBeOurs: () => void;

  /** @param mustBeOurs throws when the outbox no longer belongs to this process */
  constructor(store: OutboxStore, mustBeOurs: () => void) {
    this.#store = store;
    this.#mustBeOurs = mustBeOurs;
  }

  async find(members: readonly string[]): Promise<ReadonlyMap<string, MemberDetails>> {
    const rows = this.#store.db
      .prepare('SELECT * FROM member_detail WHERE member IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(members));
    return new Map(rows.map((row) => [String(row['member']).toLowerCase(), this.#toDetails(row)]));
  }

  async keepBack(members: readonly string[]): Promise<void> {
    this.#store.openItems.load();
    for (const member of members) this.#store.openItems.queues.setPresence(member, 'enrolling');
  }

  async awaitDetails(members: readonly string[]): Promise<void> {
    this.#store.openItems.load();
    for (const member of members) this.#store.openItems.queues.setPresence(member, 'lacking');
  }

  async isWanted(member: string): Promise<boolean> {
    this.#store.openItems.load();
    return this.#store.openItems.queues.has(member);
  }

  async begin(member: string): Promise<void> {
    this.#store.change(() => {
      this.#mustBeOurs();
      this.#setUntil(member, Infinity);
    });
  }

  async withdraw(member: string): Promise<void> {
    this.#store.change(() => this.#setUntil(member, null));
  }

  async doubt(member: string, until: number): Promise<void> {
    this.#store.change(() => this.#setUntil(member, until));
  }

  async settle(run: string, { member, state, memberId, code, message }: Enrollment): Promise<void> {
    const { db } = this.#store;
    this.#store.change(() => {
      this.#setUntil(member, null);
      db.prepare(
        `INSERT INTO enrollment (run, member, state, member_id, code, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET state = ?3, member_id = ?4, code = ?5, message = ?6`,
      ).run(runSeq(db, run), member, state, memberId ?? null, code ?? null, message ?? null);
    });
  }

  *ofRun(run: string): Iterable<Enrollment> {
    const { db } = this.#store;
    const rows = db.prepare('SELECT * FROM enrollment WHERE run = ? ORDER BY member').iterate(runSeq(db, run));
    for (const row of rows) yield toEnrollment(row);
  }

  #setUntil(member: string, until: number | null): void {
    this.#store.db.prepare('UPDATE member_detail SET until = ? WHERE member = ?').run(until, member);
  }

  #toDetails(row: ItemRow): MemberDetails {
    const details = optionalText(row['details']);
    const what = 'the details of a member';
    return {
      details: details === undefined ? undefined : (storedJson(this.#store.db, what, details) as EnrollmentDetails),
      problem: optionalText(row['problem']),
      until: optionalNumber(row['until']),
    };
  }
}

function toEnrollment(row: ItemRow): Enrollment {
  return {
    member: String(row['member']),
    state: row['state'] as Enrollment['state'],
    memberId: optionalText(row['member_id']),
    code: optionalText(row['code']),
    message: optionalText(row['message']),
  };
}
