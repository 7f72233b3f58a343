import { crud, double, int, master, nameField, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A tier, or a club.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyTier".
 * Absent from some orgs, depending on features or version: EligibleEnrollmentType.
 *
 * The tier with the highest SequenceNumber is the highest. The profile resource calls it tierSequenceNumber.
 */
export const loyaltyTier: SObjectDefinition = {
  name: 'LoyaltyTier',
  label: 'Loyalty Tier',
  labelPlural: 'Loyalty Tiers',
  keyPrefix: '0lg',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    Color: textField(9, { since: 62 }),
    Description: textArea(1000),
    EligibleEnrollmentType: picklist(['Free', 'Paid', 'SegmentBased', 'TierBased', 'Trial']),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram', { readOnly: true, since: 64 }),
    LoyaltyTierGroupId: master('LoyaltyTierGroup', 'LoyaltyTierGroup'),
    MaximumEligibleBalance: double({ since: 58 }),
    // Used by generated tier assessments.
    MinimumEligibleBalance: double({ since: 58 }),
    Name: nameField(),
    // The highest number is the highest tier.
    SequenceNumber: int({ digits: 4, idLookup: true }),
  },
  children: [
    { name: 'LoyaltyTier', childObject: 'LoyaltyMemberTier', field: 'LoyaltyTierId' },
    { name: 'LoyaltyTierLoyaltyPgmCurrencyExtPrds', childObject: 'LoyaltyPgmCurrencyExtPrd', field: 'LoyaltyTierId' },
    {
      name: 'LoyaltyTierMshpOptions',
      childObject: 'LoyaltyTierMshpFeeOption',
      field: 'LoyaltyTierId',
    },
    { name: 'LoyaltyTierPromotions', childObject: 'LoyaltyTierPromotion', field: 'LoyaltyTierId' },
    { name: 'LoyaltyTiers', childObject: 'LoyaltyTierBenefit', field: 'LoyaltyTierId' },
    {
      name: 'TargetAudienceLoyaltyPgmCurrencyExtPrds',
      childObject: 'LoyaltyPgmCurrencyExtPrd',
      field: 'TargetAudienceReferenceId',
    },
  ],
};
