import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Transaction } from '../../transaction.js';

/** Stores the details of members with their rows, and erases them. Must be called within a transaction. */
export class StoredMemberDetails {
  readonly #remember: StatementSync;
  readonly #erase: StatementSync;

  constructor(db: DatabaseSync) {
    // What a later row says counts, unless it says nothing. What has not changed is not written again.
    this.#remember = db.prepare(
      `INSERT INTO member_detail (member, details, problem)
       SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM found_member WHERE member = ?1)
       ON CONFLICT DO UPDATE SET details = coalesce(?2, details), problem = iif(coalesce(?2, details) IS NULL, ?3, NULL)
       WHERE iif(?2 IS NULL, details IS NULL AND problem IS NOT ?3, details IS NOT ?2)`,
    );
    this.#erase = db.prepare('DELETE FROM member_detail WHERE member IN (SELECT value FROM json_each(?))');
  }

  /** Stores what the row of a transaction has, unless the member is known to exist. */
  remember({ member, enrollment }: Pick<Transaction, 'member' | 'enrollment'>): void {
    if (enrollment === undefined) return;
    if ('problem' in enrollment) this.#remember.run(member, null, enrollment.problem);
    else this.#remember.run(member, JSON.stringify(enrollment), null);
  }

  /** Erases what is known of members who exist now. */
  erase(members: readonly string[]): void {
    this.#erase.run(JSON.stringify(members));
  }
}

/**
 * Erases details that nothing needs: no transaction of the member is open or refused. What an earlier process was
 * enrolling is in doubt until `settledAt`.
 */
export function recoverDetails(db: DatabaseSync, settledAt: number): void {
  if (!db.prepare('SELECT 1 FROM member_detail LIMIT 1').get()) return;
  db.exec(
    `DELETE FROM member_detail WHERE member NOT IN (
       SELECT item.member FROM payload JOIN item ON item.seq = payload.item)`,
  );
  db.prepare('UPDATE member_detail SET until = ? WHERE until IS NOT NULL').run(settledAt);
}
