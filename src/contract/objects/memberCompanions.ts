import type { CompanionRecords, RecordValues } from '../sobject.js';

/**
 * Records that the org creates together with each new member, through any API (Help, "Create a Loyalty Program
 * Member"). Trailhead shows that a member created in the UI is immediately in the first tier.
 *
 * When a currency or tier group becomes active later, existing members get no records. They are created by hand (Help,
 * "Manage Loyalty Program Members").
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
      // Members join clubs themselves.
      const groups = find('LoyaltyTierGroup', activeIn(member)).filter(({ Category }) => Category !== 'Clubs');
      return groups.flatMap((group) => {
        const tier = lowest(find('LoyaltyTier', { LoyaltyTierGroupId: textOf(group, 'Id') }));
        return tier ? [{ ...tierOf(member, group), Name: textOf(tier), LoyaltyTierId: textOf(tier, 'Id') }] : [];
      });
    },
  },
];

/** For a member without a program, this matches no record, because all of them have a program. */
function activeIn({ ProgramId = null }: RecordValues): RecordValues {
  return { LoyaltyProgramId: ProgramId, IsActive: true };
}

/** The first tier is the one with the lowest number, as Trailhead shows. */
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
