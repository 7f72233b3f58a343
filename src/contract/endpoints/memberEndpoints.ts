import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/** One of the two names the member. */
const MemberProfileQuery = z.object({
  memberId: z.string().optional(),
  membershipNumber: z.string().optional(),
  /** Leaves out the other currencies. */
  programCurrencyName: z.string().optional(),
});

const text = z.string().nullish();
/** Written as doubles, and now and then without decimals. */
const points = z.number().nullish();
/** All custom fields of the record. */
const CustomFields = z.record(z.string(), z.unknown()).nullish();

const ProfileCurrency = z.looseObject({
  additionalLoyaltyMemberCurrencyFields: CustomFields,
  escrowPointsBalance: points,
  expirablePoints: points,
  lastAccrualProcessedDate: text,
  lastEscrowProcessedDate: text,
  lastExpirationProcessRunDate: text,
  lastPointsAggregationDate: text,
  lastPointsResetDate: text,
  /** The readable name. `loyaltyProgramCurrencyName` is null in a fixture of Salesforce's. */
  loyaltyMemberCurrencyName: text,
  loyaltyProgramCurrencyId: text,
  loyaltyProgramCurrencyName: text,
  memberCurrencyId: z.string(),
  nextQualifyingPointsResetDate: text,
  pointsBalance: points,
  qualifyingPointsBalanceBeforeReset: points,
  totalEscrowPointsAccrued: points,
  totalEscrowRolloverPoints: points,
  totalPointsAccrued: points,
  totalPointsExpired: points,
  totalPointsRedeemed: points,
});

const ProfileTier = z.looseObject({
  additionalLoyaltyMemberTierFields: CustomFields,
  areTierBenefitsAssigned: z.boolean().nullish(),
  loyaltyMemberTierId: z.string(),
  loyaltyMemberTierName: text,
  tierChangeReason: text,
  tierChangeReasonType: text,
  tierEffectiveDate: text,
  tierExpirationDate: text,
  tierGroupId: text,
  tierGroupName: text,
  tierId: text,
  tierSequenceNumber: z.number().nullish(),
});

/**
 * Guide: "Member Profile Output", by its property table. The sample on the same page has other keys; Salesforce's SDK and
 * clients of real orgs agree with the table.
 */
export const MemberProfile = z.looseObject({
  additionalLoyaltyProgramMemberFields: CustomFields,
  associatedAccount: z.looseObject({ accountId: z.string(), name: text }).nullish(),
  associatedContact: z.looseObject({ contactId: z.string(), email: text, firstName: text, lastName: text }).nullish(),
  canReceivePartnerPromotions: z.boolean().nullish(),
  canReceivePromotions: z.boolean().nullish(),
  enrollmentChannel: text,
  /** `yyyy-MM-dd` */
  enrollmentDate: text,
  groupCreatedByMember: text,
  groupName: text,
  lastActivityDate: text,
  loyaltyProgramMemberId: z.string(),
  loyaltyProgramName: text,
  memberCurrencies: z.array(ProfileCurrency).nullish(),
  memberStatus: text,
  memberTiers: z.array(ProfileTier).nullish(),
  /** `Individual`, `Corporate` or `Group`. */
  memberType: text,
  membershipEndDate: text,
  membershipLastRenewalDate: text,
  membershipNumber: z.string(),
  /** Membership number of the referrer. */
  referredBy: text,
  relatedCorporateMembershipNumber: text,
  transactionJournalStatementFrequency: text,
  transactionJournalStatementLastGeneratedDate: text,
  transactionJournalStatementMethod: text,
});
export type MemberProfile = z.infer<typeof MemberProfile>;

export const memberEndpoints = {
  profile: endpoint({
    method: 'GET',
    path: '/loyalty-programs/{program}/members',
    since: 55,
    guide: 'Member Profile',
    query: MemberProfileQuery,
    response: MemberProfile,
  }),
};
