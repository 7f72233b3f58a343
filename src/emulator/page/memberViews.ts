import type { DatabaseSync, StatementSync } from '../../base/sqlite.js';

/** A member as the page shows one. */
export interface MemberView {
  readonly membershipNumber: string;
  /** Of the contact, the account or the group. */
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
/** A promotion that the member is done with, or never began, says little: the nearest to the end come first. */
const mostPromotions = 4;

const queries = {
  // By rowid, which is the order of insertion: read from the end of the table, however many rows there are.
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

/** The members that something happened to last, then those that joined last. */
export class MemberViews {
  readonly #statements = new Map<keyof typeof queries, StatementSync>();

  public constructor(private readonly db: DatabaseSync) {}

  public list(): MemberView[] {
    const ids = new Set([...this.#rows('active'), ...this.#rows('newest')].map(({ id }) => id ?? ''));
    const views: MemberView[] = [];
    for (const id of ids) {
      const [member] = this.#rows('member', String(id));
      if (member) views.push(this.#view(String(id), member));
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
    if (!statement) this.#statements.set(name, (statement = this.db.prepare(queries[name])));
    return statement.all(...parameters) as Row[];
  }
}

function textOf(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
