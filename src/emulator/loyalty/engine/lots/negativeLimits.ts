import { typedRows } from '../../../../base/sqlite/sqlite.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';

/**
 * How far below zero the tiers of a member allow a balance to go: LoyaltyProgramCurrencyTier. Of several limits the
 * highest counts, a row without a tier holds for all members, and without a row there is no limit. All three are inferred.
 */
export class NegativeLimits {
  readonly #limit: StatementSync;

  constructor({ db }: Store) {
    this.#limit = db.prepare(
      `SELECT max(abs("NegativePointsBalanceLimit")) AS points FROM "LoyaltyProgramCurrencyTier"
       WHERE "LoyaltyProgramCurrencyId" = ? AND "IsDeleted" = 0 AND ("LoyaltyTierId" IS NULL OR "LoyaltyTierId" IN (
         SELECT "LoyaltyTierId" FROM "LoyaltyMemberTier"
         WHERE "LoyaltyMemberId" = ? AND "IsDeleted" = 0 AND coalesce("Status", 'Active') <> 'Inactive'))`,
    );
  }

  /** A number of points, or undefined where the tiers set no limit. */
  of(memberId: string, currencyId: string): number | undefined {
    const [row] = typedRows<{ readonly points: number | null }>(this.#limit, currencyId, memberId);
    return row?.points ?? undefined;
  }
}
