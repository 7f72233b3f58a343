import { checkbox, crud, date, dateTime, master, name, picklist, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Tier a member holds now or held.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyMemberTier".
 * Absent from some orgs, by feature or version: EnrollmentType, EffectiveTime, TierMemberIdentifier,
 * EnrollmentStartDate, Status, TierExpirationTime.
 *
 * One current row per tier group; older rows are history.
 */
export const loyaltyMemberTier: SObjectDefinition = {
  name: 'LoyaltyMemberTier',
  label: 'Loyalty Member Tier',
  labelPlural: 'Loyalty Member Tiers',
  keyPrefix: '0ly',
  since: 51,
  ...crud,
  fields: {
    AreBenefitsAssigned: checkbox(),
    // Standard value set LoyaltyTierChangeType.
    ChangeReasonType: picklist(['Based on Past Activities or Tier', 'Resolve Tier Conflict', 'VIP Member'], {
      length: 40,
    }),
    EffectiveDate: date(),
    EffectiveTime: dateTime(),
    EnrollmentStartDate: date(),
    EnrollmentType: picklist(['Segment', 'Paid', 'Tier'], { defaultValue: 'Segment' }),
    LoyaltyMemberId: master('LoyaltyProgramMember', 'LoyaltyMember'),
    LoyaltyTierGroupId: reference('LoyaltyTierGroup', 'LoyaltyTierGroup'),
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier'),
    Name: name(),
    ReasonForChange: text(),
    Status: picklist(['Active', 'Inactive', 'Trial'], { defaultValue: 'Active' }),
    TierExpirationDate: date(),
    TierExpirationTime: dateTime(),
    TierMemberIdentifier: text(),
  },
};
