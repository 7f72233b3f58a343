import { z } from 'zod';
import { memberCondition } from './query/memberCondition.js';
import { isCurrent } from './query/period.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';
import { noneWithoutCategory } from './tiers/readClubGroups.js';

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
  /** The tiers that the member has now, one for each tier group. Of several clubs in one group, the latest. */
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

/** Whose tiers, and at what time (milliseconds). */
interface Holder {
  readonly program: string;
  /** Membership number or Id. */
  readonly member: string;
  readonly now: number;
}

/**
 * Reads the current tiers. The object also holds past ones: in each group, the latest that has begun and not expired
 * counts.
 */
export async function readTiers(query: QueryResource, holder: Holder): Promise<MemberTier[]> {
  const rows = await currentRows(query, holder, 'LoyaltyTierId != null');
  return [...new Map(rows.map((tier) => [tier.tierGroupName, tier])).values()];
}

/** Reads the clubs that a member is in now: each is a tier, and a group can hold several. */
export async function readClubs(query: QueryResource, holder: Holder): Promise<MemberTier[]> {
  const condition = "LoyaltyTierId != null AND LoyaltyTierGroup.Category = 'Clubs'";
  const rows = await currentRows(query, holder, condition).catch(noneWithoutCategory);
  return [...new Map(rows.map((club) => [club.tierId, club])).values()];
}

/** The rows that have begun and not expired, the earliest first. */
async function currentRows(
  query: QueryResource,
  { program, member, now }: Holder,
  condition: string,
): Promise<MemberTier[]> {
  const soql =
    'SELECT LoyaltyTier.Id, LoyaltyTier.Name, LoyaltyTier.SequenceNumber, LoyaltyTierGroup.Id, LoyaltyTierGroup.Name, ' +
    `EffectiveDate, TierExpirationDate FROM LoyaltyMemberTier WHERE ${condition} AND ${ofMember(program, member)} ` +
    'ORDER BY EffectiveDate ASC NULLS FIRST, CreatedDate ASC';
  const rows = await query.allRows(soql, TierRow);
  return rows
    .filter((row) => isCurrent({ start: row.EffectiveDate, end: row.TierExpirationDate }, now))
    .map((row) => ({
      tierId: row.LoyaltyTier.Id,
      tierName: row.LoyaltyTier.Name,
      tierGroupId: row.LoyaltyTierGroup?.Id ?? null,
      tierGroupName: row.LoyaltyTierGroup?.Name ?? null,
      tierSequenceNumber: row.LoyaltyTier.SequenceNumber,
      tierEffectiveDate: row.EffectiveDate,
      tierExpirationDate: row.TierExpirationDate,
    }));
}

function ofMember(program: string, member: string): string {
  return `LoyaltyMember.Program.Name = ${soqlText(program)} AND ${memberCondition(member, 'LoyaltyMember.')}`;
}
