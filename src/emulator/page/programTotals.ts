import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/** A few numbers about a program. */
export interface ProgramTotal {
  readonly name: string;
  readonly members: number;
  /** Points credited to members so far, by currency. */
  readonly issued: readonly { readonly currency: string; readonly points: number }[];
  /** From the lowest tier to the highest. */
  readonly tiers: readonly { readonly tier: string; readonly members: number }[];
}

const mostPrograms = 5;
/** Maximum number of rows to add up. Requests wait during that time, which is a few milliseconds for this many rows. */
const mostRows = 20_000;

const queries = {
  programs: `SELECT Id AS id, Name AS name FROM LoyaltyProgram WHERE IsDeleted = 0 ORDER BY rowid LIMIT ${mostPrograms}`,
  rows: `SELECT max(n) AS n FROM (SELECT max(rowid) AS n FROM LoyaltyMemberCurrency UNION ALL
    SELECT max(rowid) FROM LoyaltyMemberTier UNION ALL SELECT max(rowid) FROM LoyaltyProgramMember)`,
  members: `SELECT count(*) AS members FROM LoyaltyProgramMember WHERE ProgramId = ? AND IsDeleted = 0`,
  issued: `SELECT c.Name AS currency, total(m.TotalPointsAccrued) AS points
    FROM LoyaltyProgramCurrency c LEFT JOIN LoyaltyMemberCurrency m
      ON m.LoyaltyProgramCurrencyId = c.Id AND m.IsDeleted = 0
    WHERE c.LoyaltyProgramId = ? AND c.IsDeleted = 0 GROUP BY c.Id ORDER BY c.rowid`,
  tiers: `SELECT t.Name AS tier, count(m.Id) AS members
    FROM LoyaltyTierGroup g JOIN LoyaltyTier t ON t.LoyaltyTierGroupId = g.Id AND t.IsDeleted = 0
      LEFT JOIN LoyaltyMemberTier m ON m.LoyaltyTierId = t.Id AND m.IsDeleted = 0 AND m.Status = 'Active'
    WHERE g.LoyaltyProgramId = ? AND g.IsDeleted = 0 GROUP BY t.Id ORDER BY g.rowid, t.SequenceNumber`,
} as const;

/** Computes the numbers of all programs. */
export class ProgramTotals {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Returns undefined if there are too many rows to add up without delaying requests. */
  list(): ProgramTotal[] | undefined {
    if (Number(this.#rows('rows')[0]?.['n']) > mostRows) return undefined;
    return this.#rows('programs').map(({ id, name }) => this.#total(String(id), String(name)));
  }

  #total(id: string, name: string): ProgramTotal {
    return {
      name,
      members: Number(this.#rows('members', id)[0]?.['members']),
      issued: this.#rows('issued', id).map(({ currency, points }) => {
        return { currency: String(currency), points: Number(points) };
      }),
      tiers: this.#rows('tiers', id).map(({ tier, members }) => ({ tier: String(tier), members: Number(members) })),
    };
  }

  #rows(name: keyof typeof queries, ...parameters: string[]): Record<string, unknown>[] {
    return this.#db.prepare(queries[name]).all(...parameters);
  }
}
