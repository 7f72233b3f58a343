import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';

/** A member, as shown on the page. */
export interface MemberView {
  readonly membershipNumber: string;
  /** Name of the contact, the account or the group. */
  readonly name: string;
  readonly program: string;
  readonly status: string;
  readonly tiers: readonly string[];
  readonly balances: readonly { readonly currency: string; readonly points: number }[];
  readonly promotions: readonly PromotionView[];
}

/** Progress towards a promotion: `completed` of `target`. */
export interface PromotionView {
  readonly name: string;
  readonly completed: number;
  readonly target: number;
}

const mostMembers = 12;
/** Maximum number of promotions per member. Those nearest to completion come first. Completed ones tell little. */
const mostPromotions = 4;

/** Searching and ranking read only this many of the newest rows, because requests wait during that time. */
const mostRead = 20_000;
const newestOf = (table: string): string => `rowid > (SELECT max(rowid) FROM ${table}) - ${mostRead}`;

const queries = {
  // Members nearest to a target that they have not reached come first, then those that have reached all targets. With
  // an index, SQLite would group all rows.
  nearest: `SELECT LoyaltyProgramMemberId AS id FROM LoyaltyProgramMbrPromotion NOT INDEXED
    WHERE ${newestOf('LoyaltyProgramMbrPromotion')} AND IsDeleted = 0 AND CumulativeUsageTarget > 0
      AND CumulativeUsageCompleted > 0
    GROUP BY LoyaltyProgramMemberId
    ORDER BY max(CASE WHEN CumulativeUsageCompleted < CumulativeUsageTarget
      THEN 1.0 * CumulativeUsageCompleted / CumulativeUsageTarget END) DESC NULLS LAST, max(rowid) DESC
    LIMIT ${2 * mostMembers}`,
  numbered: `SELECT Id AS id FROM LoyaltyProgramMember WHERE MembershipNumber = ? LIMIT ${mostMembers}`,
  matching: `SELECT m.Id AS id FROM (SELECT * FROM LoyaltyProgramMember WHERE ${newestOf('LoyaltyProgramMember')}) m
      LEFT JOIN Contact c ON c.Id = m.ContactId LEFT JOIN Account a ON a.Id = m.AccountId
    WHERE m.IsDeleted = 0 AND (m.MembershipNumber LIKE ?1 ESCAPE '!' OR c.Email LIKE ?1 ESCAPE '!'
      OR coalesce(c.Name, a.Name, m.GroupName) LIKE ?1 ESCAPE '!')
    LIMIT ${mostMembers}`,
  // The rowid is the order of insertion. SQLite reads from the end of the table, so the number of rows does not matter.
  active: `SELECT MemberId AS id FROM TransactionJournal ORDER BY rowid DESC LIMIT 200`,
  newest: `SELECT Id AS id FROM LoyaltyProgramMember ORDER BY rowid DESC LIMIT ${mostMembers}`,
  member: `SELECT m.MembershipNumber AS membershipNumber, m.MemberStatus AS status, p.Name AS program,
      coalesce(c.Name, a.Name, m.GroupName) AS name
    FROM LoyaltyProgramMember m LEFT JOIN LoyaltyProgram p ON p.Id = m.ProgramId
      LEFT JOIN Contact c ON c.Id = m.ContactId LEFT JOIN Account a ON a.Id = m.AccountId
    WHERE m.Id = ? AND m.IsDeleted = 0`,
  tiers: `SELECT t.Name AS name FROM LoyaltyMemberTier mt JOIN LoyaltyTier t ON t.Id = mt.LoyaltyTierId
    WHERE mt.LoyaltyMemberId = ? AND mt.IsDeleted = 0 AND mt.Status = 'Active'`,
  balances: `SELECT c.Name AS currency, mc.PointsBalance AS points
    FROM LoyaltyMemberCurrency mc JOIN LoyaltyProgramCurrency c ON c.Id = mc.LoyaltyProgramCurrencyId
    WHERE mc.LoyaltyMemberId = ? AND mc.IsDeleted = 0 ORDER BY mc.Id`,
  promotions: `SELECT p.Name AS name, mp.CumulativeUsageCompleted AS completed, mp.CumulativeUsageTarget AS target
    FROM LoyaltyProgramMbrPromotion mp JOIN Promotion p ON p.Id = mp.PromotionId
    WHERE mp.LoyaltyProgramMemberId = ? AND mp.IsDeleted = 0 AND mp.CumulativeUsageTarget > 0
    ORDER BY mp.CumulativeUsageCompletePercent >= 100, mp.CumulativeUsageCompletePercent DESC LIMIT ${mostPromotions}`,
} as const;

type Row = Record<string, string | number | null>;

/** Finds the members to show, the most interesting first. */
export class MemberViews {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<keyof typeof queries, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Returns the members nearest to a reward, then those with the latest transactions, then those that joined last. */
  list(): MemberView[] {
    return this.#views([...this.#rows('nearest'), ...this.#rows('active'), ...this.#rows('newest')]);
  }

  /** Returns the member with this membership number, then members whose number, name or e-mail contains the text. */
  search(text: string): MemberView[] {
    const pattern = `%${text.replaceAll(/[!%_]/g, '!$&')}%`;
    return this.#views([...this.#rows('numbered', text), ...this.#rows('matching', pattern)]);
  }

  #views(rows: readonly Row[]): MemberView[] {
    const views: MemberView[] = [];
    for (const id of new Set(rows.map((row) => String(row['id'])))) {
      const [member] = this.#rows('member', id);
      if (member) views.push(this.#view(id, member));
      if (views.length === mostMembers) break;
    }
    return views;
  }

  #view(id: string, { membershipNumber, status, program, name }: Row): MemberView {
    return {
      ...{ membershipNumber: textOf(membershipNumber), status: textOf(status), program: textOf(program) },
      name: textOf(name),
      tiers: this.#rows('tiers', id).map((row) => textOf(row['name'])),
      balances: this.#rows('balances', id).map(({ currency, points }) => {
        return { currency: textOf(currency), points: Number(points) };
      }),
      promotions: this.#rows('promotions', id).map((row) => {
        return { name: textOf(row['name']), completed: Number(row['completed']), target: Number(row['target']) };
      }),
    };
  }

  #rows(name: keyof typeof queries, ...parameters: string[]): Row[] {
    let statement = this.#statements.get(name);
    if (!statement) this.#statements.set(name, (statement = this.#db.prepare(queries[name])));
    return typedRows<Row>(statement, ...parameters);
  }
}

function textOf(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
