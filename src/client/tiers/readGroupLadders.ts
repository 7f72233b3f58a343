import { z } from 'zod';
import type { QueryResource } from '../query/queryResource.js';
import { soqlText } from '../query/soql.js';
import { readClubGroups } from './readClubGroups.js';
import type { LadderCurrency, GroupLadder } from './tierPosition.js';

const LadderRow = z.object({
  Id: z.string(),
  Name: z.string(),
  SequenceNumber: z.number().nullable(),
  MinimumEligibleBalance: z.number().nullable(),
  LoyaltyTierGroup: z.object({ Id: z.string(), Name: z.string(), TierAssessmentCurrencyId: z.string().nullable() }),
});

const QualifyingRow = z.object({ Id: z.string(), Name: z.string(), LoyaltyTierGroupId: z.string().nullable() });
type QualifyingRow = z.infer<typeof QualifyingRow>;

/**
 * The active tier groups of a program with their tiers. Groups of clubs, which nobody climbs, are not among them.
 * @param program name, or Id
 */
export async function readGroupLadders(
  query: QueryResource,
  program: string | { readonly id: string },
): Promise<GroupLadder[]> {
  const ofProgram =
    typeof program === 'string'
      ? `LoyaltyProgram.Name = ${soqlText(program)}`
      : `LoyaltyProgramId = ${soqlText(program.id)}`;
  const [tiers, currencies, clubs] = await Promise.all([
    query.allRows(
      'SELECT Id, Name, SequenceNumber, MinimumEligibleBalance, LoyaltyTierGroup.Id, LoyaltyTierGroup.Name, ' +
        'LoyaltyTierGroup.TierAssessmentCurrencyId FROM LoyaltyTier ' +
        `WHERE LoyaltyTierGroup.${ofProgram} AND LoyaltyTierGroup.IsActive = TRUE ` +
        'ORDER BY SequenceNumber, Name',
      LadderRow,
    ),
    query.allRows(
      'SELECT Id, Name, LoyaltyTierGroupId FROM LoyaltyProgramCurrency ' +
        `WHERE ${ofProgram} AND CurrencyType = 'Qualifying' AND IsActive = TRUE`,
      QualifyingRow,
    ),
    readClubGroups(query, ofProgram),
  ]);
  const byGroup = Map.groupBy(tiers, ({ LoyaltyTierGroup: { Id } }) => Id);
  return [...byGroup.values()].flatMap((rows) => {
    const group = rows[0]?.LoyaltyTierGroup;
    if (!group || clubs.has(group.Id)) return [];
    return {
      tierGroupId: group.Id,
      tierGroupName: group.Name,
      currency: decidingCurrency(group.Id, group.TierAssessmentCurrencyId, currencies),
      tiers: rows.map(({ Id, Name, SequenceNumber, MinimumEligibleBalance }) => ({
        tierId: Id,
        tierName: Name,
        tierSequenceNumber: SequenceNumber,
        minimum: MinimumEligibleBalance,
      })),
    };
  });
}

/** The currency that the group names, else the only one tied to the group, else the only one there is. */
function decidingCurrency(
  groupId: string,
  assessed: string | null,
  currencies: readonly QualifyingRow[],
): LadderCurrency | null {
  const tied = currencies.filter(({ LoyaltyTierGroupId }) => LoyaltyTierGroupId === groupId);
  const free = currencies.filter(({ LoyaltyTierGroupId }) => LoyaltyTierGroupId === null);
  const candidates =
    assessed === null ? [tied, free].find(({ length }) => length > 0) : currencies.filter(({ Id }) => Id === assessed);
  const [only, ...others] = candidates ?? [];
  return only && others.length === 0 ? { currencyId: only.Id, currencyName: only.Name } : null;
}
