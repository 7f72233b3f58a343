import { checkbox, crud, date, dateTime, owner, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { memberCompanions } from './memberCompanions.js';

/**
 * The membership of a person, company or group.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgramMember".
 *
 * An individual has a ContactId, and a corporate member has an AccountId. A group has neither, but a GroupName and a
 * GroupCreatedByMemberId. The platform does not generate membership numbers.
 */
export const loyaltyProgramMember: SObjectDefinition = {
  name: 'LoyaltyProgramMember',
  label: 'Loyalty Program Member',
  labelPlural: 'Loyalty Program Members',
  keyPrefix: '0lM',
  since: 51,
  ...crud,
  companions: memberCompanions,
  fields: {
    AccountId: reference('Account', 'Account'),
    CanReceivePartnerPromotions: checkbox(),
    CanReceivePromotions: checkbox(),
    ContactId: reference('Contact', 'Contact'),
    // POS is written in capitals. The default is from the referral guide.
    EnrollmentChannel: picklist(
      ['CallCenter', 'Email', 'Franchise', 'Mobile', 'Partner', 'POS', 'Print', 'Social', 'Store', 'Web'],
      { defaultValue: 'POS' },
    ),
    EnrollmentDate: date({ required: true }),
    GroupCreatedByMemberId: reference('LoyaltyProgramMember', 'GroupCreatedByMember', { createOnly: true, since: 53 }),
    GroupName: textField(80, { since: 53 }),
    // Set when the qualifying balance changes.
    IsEligibleForTierAssessment: checkbox({ since: 58 }),
    LastActivityDate: date(),
    MembershipEndDate: date(),
    MembershipLastRenewalDate: date(),
    // Must be unique, although describe does not say so.
    MembershipNumber: textField(255, { required: true, idLookup: true }),
    // Orgs can add values. Active and Inactive cannot be edited or removed. Merged exists since API 56. Active is the
    // default only in the UI.
    MemberStatus: picklist(['Active', 'Inactive', 'Merged'], { required: true, length: 40 }),
    // The restriction is our judgment, because the type of a member decides which fields it needs.
    MemberType: picklist(['Individual', 'Corporate', 'Group'], {
      defaultValue: 'Individual',
      createOnly: true,
      restricted: true,
    }),
    OwnerId: owner(),
    // Nillable, although every member has a program.
    ProgramId: reference('LoyaltyProgram', 'Program', { createOnly: true }),
    // Generated if none is given. It has 8 characters in samples.
    ReferralCode: { ...textField(255, { idLookup: true, since: 57 }), generatedCode: 8 },
    ReferredById: reference('LoyaltyProgramMember', 'ReferredBy'),
    RelatedCorporateMembershipId: reference('LoyaltyProgramMember', 'RelatedCorporateMembership'),
    StatementFrequency: picklist(['Monthly', 'Quarterly'], { defaultValue: 'Monthly' }),
    StatementLastGeneratedDate: dateTime(),
    StatementMethod: picklist(['Mail', 'Email'], { defaultValue: 'Mail' }),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    PreviousActivityDate: date(),
  },
  children: [
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'PartyId' },
    { name: 'GameParticipantLoyaltyMembers', childObject: 'GameParticipant', field: 'LoyaltyProgramMemberId' },
    { name: 'LedgerTraceabilityMember', childObject: 'LoyaltyLedgerTraceability', field: 'LoyaltyProgramMemberId' },
    { name: 'Loyalty_Member_Currency', childObject: 'LoyaltyMemberCurrency', field: 'LoyaltyMemberId' },
    { name: 'Loyalty_Member_Tier', childObject: 'LoyaltyMemberTier', field: 'LoyaltyMemberId' },
    { name: 'LoyaltyMemberPromotions', childObject: 'LoyaltyProgramMbrPromotion', field: 'LoyaltyProgramMemberId' },
    { name: 'LoyaltyPgmGroupMbrRlnsps', childObject: 'LoyaltyPgmGroupMbrRlnsp', field: 'LoyaltyProgramGroupMemberId' },
    { name: 'LoyaltyProgramMemberBadges', childObject: 'LoyaltyProgramMemberBadge', field: 'LoyaltyProgramMemberId' },
    { name: 'LoyaltyProgramMemberLedger', childObject: 'LoyaltyLedger', field: 'LoyaltyProgramMemberId' },
    {
      name: 'LoyaltyProgramMemberLinkages',
      childObject: 'LoyaltyPgmMbrLinkedPtnr',
      field: 'LoyaltyProgramMemberId',
    },
    {
      name: 'LoyaltyProgramMemberMembershipLifecycle',
      childObject: 'LoyaltyMembershipLifecycle',
      field: 'LoyaltyProgramMemberId',
    },
    {
      name: 'LoyaltyProgramMemberRelatedCases',
      childObject: 'LoyaltyProgramMemberCase',
      field: 'LoyaltyProgramMemberId',
    },
    { name: 'MemberAggrExprLedger', childObject: 'LoyaltyAggrPointExprLedger', field: 'LoyaltyProgramMemberId' },
    { name: 'MemberBenefitMembers', childObject: 'MemberBenefit', field: 'MemberId' },
    { name: 'MemberPromotions', childObject: 'LoyaltyPgmMbrPromEligView', field: 'LoyaltyProgramMemberId' },
    { name: 'Participants', childObject: 'GameParticipant', field: 'ParticipantId' },
    { name: 'PartnerLedgerToMember', childObject: 'LoyaltyProgramPartnerLedger', field: 'LoyaltyProgramMemberId' },
    { name: 'ProgramMemberAttributeValues', childObject: 'LoyaltyPgmMbrAttributeVal', field: 'LoyaltyProgramMemberId' },
    { name: 'PromotionPartyUsages', childObject: 'PromotionPartyUsage', field: 'PartyId' },
    { name: 'Referrer', childObject: 'TransactionJournal', field: 'ReferredMemberId' },
    {
      name: 'Rel_LoyaltyPgmGroupMbrRlnsps',
      childObject: 'LoyaltyPgmGroupMbrRlnsp',
      field: 'RelatedLoyaltyProgramMemberId',
    },
    { name: 'RelatedMembership', childObject: 'TransactionJournal', field: 'RelatedCorporateMembershipId' },
    { name: 'Transaction_Journal', childObject: 'TransactionJournal', field: 'MemberId' },
    { name: 'VoucherLoyaltyProgramMember', childObject: 'Voucher', field: 'LoyaltyProgramMemberId' },
  ],
};
