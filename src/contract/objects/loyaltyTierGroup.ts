import { checkbox, crud, date, dateTime, int, master, nameField, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A group of tiers, or of clubs.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyTierGroup".
 * Absent from some orgs, depending on features or version: Category, StartDate, EndDate.
 */
export const loyaltyTierGroup: SObjectDefinition = {
  name: 'LoyaltyTierGroup',
  label: 'Loyalty Tier Group',
  labelPlural: 'Loyalty Tier Groups',
  keyPrefix: '0lt',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    Category: picklist(['Clubs', 'Tier_Group']),
    Description: textArea(1000),
    EndDate: dateTime(),
    // QualifyingPointsResetDate is only for the Fixed model, MemberEnrollmentAnniversary only for Anniversary. The
    // guide says that the field has a default, but not which.
    ExtendExpiration: picklist(['None', 'TillEndOfMonth', 'QualifyingPointsResetDate', 'MemberEnrollmentAnniversary'], {
      defaultValue: 'None',
    }),
    IsActive: checkbox(),
    IsHiddenToMembers: checkbox(),
    IsPrimary: checkbox(),
    LoyaltyProgramId: master('LoyaltyProgram', 'LoyaltyProgram'),
    Name: nameField(),
    QpResetDate: date(),
    QpResetFrequency: int(),
    // Days and Months are not supported since API 52.
    QpResetPeriod: picklist(['Years']),
    StartDate: dateTime(),
    // The qualifying currency that decides the tier.
    TierAssessmentCurrencyId: reference('LoyaltyProgramCurrency', 'TierAssessmentCurrency', { since: 58 }),
    // The guide says that it has a default, but not which.
    TierModel: picklist(['Fixed', 'Anniversary'], { defaultValue: 'Fixed' }),
    TierPeriodQuantity: int(),
    // Days is not supported since API 52.
    TierPeriodUnit: picklist(['Months', 'Years']),
  },
  children: [
    { name: 'LoyaltyProcessesTierGroup', childObject: 'LoyaltyProgramProcess', field: 'LoyaltyTierGroupId' },
    { name: 'LoyaltyTierGroup', childObject: 'LoyaltyMemberTier', field: 'LoyaltyTierGroupId' },
    { name: 'LoyaltyTiers', childObject: 'LoyaltyTier', field: 'LoyaltyTierGroupId' },
  ],
};
