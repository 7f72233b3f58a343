import type { CompanionRecords, RecordValues } from '../sobject.js';

/**
 * Records that the org creates together with each new member, whatever API inserts it (Help, "Create a Loyalty Program
 * Member"; Trailhead shows a member that was added by hand in the first tier at once).
 *
 * Currencies and tier groups that become active later bring no records to members who exist: those are made by hand
 * (Help, "Manage Loyalty Program Members").
 */
export const memberCompanions: readonly CompanionRecords[] = [
  {
    object: 'LoyaltyMemberCurrency',
    valuesFor: (member, find) =>
      find('LoyaltyProgramCurrency', activeIn(member)).map((currency) => ({
        Name: textOf(currency),
        LoyaltyMemberId: textOf(member, 'Id'),
        LoyaltyProgramCurrencyId: textOf(currency, 'Id'),
        TotalPointsAccrued: 0,
        TotalPointsRedeemed: 0,
        TotalPointsExpired: 0,
      })),
  },
  {
    object: 'LoyaltyMemberTier',
    valuesFor: (member, find) => {
      // Clubs are joined, not given.
      const groups = find('LoyaltyTierGroup', activeIn(member)).filter(({ Category }) => Category !== 'Clubs');
      return groups.flatMap((group) => {
        const tier = lowest(find('LoyaltyTier', { LoyaltyTierGroupId: textOf(group, 'Id') }));
        return tier ? [{ ...tierOf(member, group), Name: textOf(tier), LoyaltyTierId: textOf(tier, 'Id') }] : [];
      });
    },
  },
];

/** Every program has an id: a member without a program gets nothing. */
function activeIn({ ProgramId = null }: RecordValues): RecordValues {
  return { LoyaltyProgramId: ProgramId, IsActive: true };
}

/** That the first tier is the one with the lowest number is what Trailhead shows. */
function lowest(tiers: readonly RecordValues[]): RecordValues | undefined {
  return [...tiers].sort((a, b) => Number(a['SequenceNumber']) - Number(b['SequenceNumber']))[0];
}

function tierOf(member: RecordValues, group: RecordValues): RecordValues {
  return {
    LoyaltyMemberId: textOf(member, 'Id'),
    LoyaltyTierGroupId: textOf(group, 'Id'),
    EffectiveDate: member['EnrollmentDate'] ?? null,
  };
}

function textOf(record: RecordValues, field = 'Name'): string {
  return String(record[field]);
}
