import { typedRows } from '../../base/sqlite/sqlite.js';
import type { StatementSync } from '../../base/sqlite/sqlite.js';
import type { Store } from '../store/store.js';

export interface Member {
  readonly id: string;
  readonly membershipNumber: string;
}

/**
 * The members of programs, looked up by the hundred: one statement per request, however many journals it has.
 *
 * Membership numbers are unique in a program by rule, and compared without case. The plus sign keeps SQLite from
 * walking through all members of the program instead of through the numbers.
 */
export class MemberDirectory {
  readonly #byNumber: StatementSync;
  readonly #byId: StatementSync;

  constructor({ db }: Store) {
    const columns = 'm."Id" AS id, m."MembershipNumber" AS membershipNumber';
    this.#byNumber = db.prepare(
      `SELECT ${columns} FROM "LoyaltyProgramMember" AS m
       WHERE m."MembershipNumber" IN (SELECT value FROM json_each(?)) AND +m."ProgramId" = ? AND m."IsDeleted" = 0`,
    );
    this.#byId = db.prepare(
      `SELECT ${columns} FROM "LoyaltyProgramMember" AS m
       WHERE m."Id" IN (SELECT value FROM json_each(?)) AND +m."ProgramId" = ? AND m."IsDeleted" = 0`,
    );
  }

  /** Keyed by membership number in lower case. */
  byNumber(programId: string, numbers: Iterable<string>): Map<string, Member> {
    const rows = typedRows<Member>(this.#byNumber, JSON.stringify([...numbers]), programId);
    return new Map(rows.map((member) => [member.membershipNumber.toLowerCase(), member]));
  }

  /** Keyed by id. Ids are of 18 characters. */
  byId(programId: string, ids: Iterable<string>): Map<string, Member> {
    const rows = typedRows<Member>(this.#byId, JSON.stringify([...ids]), programId);
    return new Map(rows.map((member) => [member.id, member]));
  }

  numbered(programId: string, membershipNumber: string): Member | undefined {
    return this.byNumber(programId, [membershipNumber]).get(membershipNumber.toLowerCase());
  }
}
