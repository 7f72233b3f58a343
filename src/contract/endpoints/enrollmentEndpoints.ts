import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';

/**
 * Values of custom fields, in the documented wrapper object with a single key. The guide says that all values are
 * texts. But the Android SDK accepts any value and drops nulls, so requests may have an empty wrapper, booleans and
 * numbers.
 */
const AttributeMap = z.object({
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/**
 * The guide says Boolean, but its samples send the texts "true" and "false", so both are accepted.
 */
const Flag = z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean());

/** Guide: "Loyalty Contact Input" (v55). The keys of the additional values are fields of the person account. */
const LoyaltyContactInput = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string().optional(),
  /** The platform's default is true. Whether a duplicate is then blocked depends on the org's duplicate rules. */
  allowDuplicateRecords: Flag.optional(),
  additionalContactFieldValues: AttributeMap.optional(),
});

/** On the sObject the first value is spelled `POS`, and Salesforce's SDK for points of sale sends it like that. */
export const enrollmentChannels = [
  ...(['Pos', 'Web', 'Email', 'CallCenter', 'Social', 'Mobile', 'Store', 'Franchise', 'Partner', 'Print'] as const),
] as const;

export const EnrollmentChannel = inAnyCase(enrollmentChannels);

/**
 * Guide: "Individual Member Enrollment Input" (v55). The guide marks `additionalMemberFieldValues` as required, but
 * public clients leave it out successfully, so it is optional here. As in every typed input of the platform, unknown keys
 * are refused.
 */
export const IndividualEnrollmentRequest = z.strictObject({
  /** `yyyy-MM-ddTHH:mm:ss`. It is read as the org's local time, so send no offset. */
  enrollmentDate: z.string(),
  membershipNumber: z.string().min(1),
  associatedContactDetails: LoyaltyContactInput,
  /** `Active`, `Inactive`, or a value that the org added. */
  memberStatus: z.string(),
  additionalMemberFieldValues: AttributeMap.optional(),
  /** Membership number of the referrer. */
  referredBy: z.string().optional(),
  referredByMemberReferralCode: z.string().optional(),
  relatedCorporateMembershipNumber: z.string().optional(),
  createTransactionJournals: Flag.optional(),
  transactionJournalStatementFrequency: inAnyCase(['Monthly', 'Quarterly']).optional(),
  transactionJournalStatementMethod: inAnyCase(['Mail', 'Email']).optional(),
  enrollmentChannel: EnrollmentChannel.optional(),
  canReceivePromotions: Flag.optional(),
  canReceivePartnerPromotions: Flag.optional(),
  membershipEndDate: z.string().optional(),
});
export type IndividualEnrollmentRequest = z.infer<typeof IndividualEnrollmentRequest>;

const EnrollmentJournal = z.object({
  activityDate: z.string(),
  journalType: z.string(),
  journalSubType: z.string().nullish(),
  loyaltyProgram: z.string(),
  /** Membership number of the journal's member: the new member or the referrer. */
  loyaltyProgramMember: z.string(),
  referredMember: z.string().nullish(),
  status: z.string(),
  transactionJournalId: z.string(),
});

/** Guide: "Individual Member Enrollment Output". Ids have 15 characters in all samples. */
export const IndividualEnrollmentResponse = z.object({
  contactId: z.string().nullish(),
  loyaltyProgramMemberId: z.string(),
  loyaltyProgramName: z.string(),
  membershipNumber: z.string(),
  transactionJournals: z.array(EnrollmentJournal).nullish(),
});
export type IndividualEnrollmentResponse = z.infer<typeof IndividualEnrollmentResponse>;

export const enrollmentEndpoints = {
  individual: endpoint({
    method: 'POST',
    path: '/loyalty-programs/{program}/individual-member-enrollments',
    since: 55,
    guide: 'Individual Member Enrollments',
    request: IndividualEnrollmentRequest,
    response: IndividualEnrollmentResponse,
  }),
};
