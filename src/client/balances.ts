import { z } from 'zod';
import { memberCondition } from './query/memberCondition.js';
import { isCurrent } from './query/period.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

/** Keys are spelled as in the member profile and in the real-time answers. */
export interface MemberCurrency {
  /** Id of the LoyaltyProgramCurrency. */
  readonly currencyId: string;
  readonly currencyName: string;
  /** `Qualifying` counts towards a tier, `NonQualifying` can be spent. */
  readonly currencyType: string | null;
  readonly pointsBalance: number;
  readonly escrowPointsBalance: number;
  readonly totalPointsAccrued: number;
  readonly totalPointsRedeemed: number;
  readonly totalPointsExpired: number;
}

export interface MemberTier {
  /** Id of the LoyaltyTier. */
  readonly tierId: string;
  readonly tierName: string;
  readonly tierGroupId: string | null;
  readonly tierGroupName: string | null;
  /** The highest number is the highest tier. */
  readonly tierSequenceNumber: number | null;
  readonly tierEffectiveDate: string | null;
  readonly tierExpirationDate: string | null;
}

export interface MemberBalances {
  readonly currencies: readonly MemberCurrency[];
  /** The tiers that the member has now, one for each tier group. */
  readonly tiers: readonly MemberTier[];
}

const points = z.number().nullable();

const CurrencyRow = z.object({
  LoyaltyProgramCurrency: z.object({ Id: z.string(), Name: z.string(), CurrencyType: z.string().nullable() }),
  PointsBalance: points,
  EscrowPointsBalance: points,
  TotalPointsAccrued: points,
  TotalPointsRedeemed: points,
  TotalPointsExpired: points,
});

const TierRow = z.object({
  LoyaltyTier: z.object({ Id: z.string(), Name: z.string(), SequenceNumber: z.number().nullable() }),
  LoyaltyTierGroup: z.object({ Id: z.string(), Name: z.string() }).nullable(),
  EffectiveDate: z.string().nullable(),
  TierExpirationDate: z.string().nullable(),
});

export async function readCurrencies(query: QueryResource, program: string, member: string): Promise<MemberCurrency[]> {
  const soql =
    'SELECT LoyaltyProgramCurrency.Id, LoyaltyProgramCurrency.Name, LoyaltyProgramCurrency.CurrencyType, ' +
    'PointsBalance, EscrowPointsBalance, TotalPointsAccrued, TotalPointsRedeemed, TotalPointsExpired FROM LoyaltyMemberCurrency ' +
    `WHERE ${ofMember(program, member)} ORDER BY LoyaltyProgramCurrency.Name`;
  const rows = await query.allRows(soql, CurrencyRow);
  return rows.map((row) => ({
    currencyId: row.LoyaltyProgramCurrency.Id,
    currencyName: row.LoyaltyProgramCurrency.Name,
    currencyType: row.LoyaltyProgramCurrency.CurrencyType,
    pointsBalance: row.PointsBalance ?? 0,
    escrowPointsBalance: row.EscrowPointsBalance ?? 0,
    totalPointsAccrued: row.TotalPointsAccrued ?? 0,
    totalPointsRedeemed: row.TotalPointsRedeemed ?? 0,
    totalPointsExpired: row.TotalPointsExpired ?? 0,
  }));
}

/**
 * Reads the current tiers. The object also holds past ones: in each group, the latest that has begun and not expired
 * counts.
 */
export async function readTiers(
  query: QueryResource,
  { program, member, now }: { program: string; member: string; now: number },
): Promise<MemberTier[]> {
  const soql =
    'SELECT LoyaltyTier.Id, LoyaltyTier.Name, LoyaltyTier.SequenceNumber, LoyaltyTierGroup.Id, LoyaltyTierGroup.Name, ' +
    `EffectiveDate, TierExpirationDate FROM LoyaltyMemberTier WHERE LoyaltyTierId != null AND ${ofMember(program, member)} ` +
    'ORDER BY EffectiveDate ASC NULLS FIRST, CreatedDate ASC';
  const current = new Map<string | null, MemberTier>();
  for (const row of await query.allRows(soql, TierRow)) {
    if (!isCurrent({ start: row.EffectiveDate, end: row.TierExpirationDate }, now)) continue;
    const tierGroupName = row.LoyaltyTierGroup?.Name ?? null;
    current.set(tierGroupName, {
      tierId: row.LoyaltyTier.Id,
      tierName: row.LoyaltyTier.Name,
      tierGroupId: row.LoyaltyTierGroup?.Id ?? null,
      tierGroupName,
      tierSequenceNumber: row.LoyaltyTier.SequenceNumber,
      tierEffectiveDate: row.EffectiveDate,
      tierExpirationDate: row.TierExpirationDate,
    });
  }
  return [...current.values()];
}

function ofMember(program: string, member: string): string {
  return `LoyaltyMember.Program.Name = ${soqlText(program)} AND ${memberCondition(member, 'LoyaltyMember.')}`;
}
