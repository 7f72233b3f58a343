import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';

/**
 * Values of fields that the org added: the documented wrapper, although it holds one key only. The guide types the map as
 * texts; the Android SDK takes any value and drops nulls, so an empty wrapper, booleans and numbers do arrive.
 */
const AttributeMap = z.object({
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** Typed Boolean in the guide, but its samples send the texts "true" and "false", and both are taken. */
const Flag = z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean());

/** Guide: "Loyalty Contact Input" (v55). Keys of the additional values are fields of the person account. */
const LoyaltyContactInput = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string().optional(),
  /** The platform's default is true; whether a duplicate is then blocked is up to the org's duplicate rules. */
  allowDuplicateRecords: Flag.optional(),
  additionalContactFieldValues: AttributeMap.optional(),
});

/** The first value is spelled `POS` on the sObject, and the vendor's kit for tills sends it so. */
export const enrollmentChannels = [
  ...(['Pos', 'Web', 'Email', 'CallCenter', 'Social', 'Mobile', 'Store', 'Franchise', 'Partner', 'Print'] as const),
] as const;

export const EnrollmentChannel = inAnyCase(enrollmentChannels);

/**
 * Guide: "Individual Member Enrollment Input" (v55). `additionalMemberFieldValues` is marked required there,
 * yet public clients leave it out and succeed, so it is optional here. Like every typed input of the platform it takes
 * no unknown keys.
 */
export const IndividualEnrollmentRequest = z.strictObject({
  /** `yyyy-MM-ddTHH:mm:ss`, taken as the org's local time: send no offset. */
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
  /** Membership number that the journal belongs to: the new member's, or the referrer's. */
  loyaltyProgramMember: z.string(),
  referredMember: z.string().nullish(),
  status: z.string(),
  transactionJournalId: z.string(),
});

/** Guide: "Individual Member Enrollment Output". Ids are 15 characters long in every sample. */
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
