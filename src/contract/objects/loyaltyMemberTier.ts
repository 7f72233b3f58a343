import { checkbox, crud, date, dateTime, master, nameField, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A tier that a member has or had.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyMemberTier".
 * Absent from some orgs, depending on features or version: EnrollmentType, EffectiveTime, TierMemberIdentifier,
 * EnrollmentStartDate, Status, TierExpirationTime.
 *
 * A member has one current row per tier group. Older rows are its history.
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
    Name: nameField(),
    ReasonForChange: textField(),
    Status: picklist(['Active', 'Inactive', 'Trial'], { defaultValue: 'Active' }),
    TierExpirationDate: date(),
    TierExpirationTime: dateTime(),
    TierMemberIdentifier: textField(),
  },
};
