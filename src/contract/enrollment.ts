import { z } from 'zod';

/**
 * Values of custom fields, in the documented wrapper object with a single key. The guide says that all values are
 * texts. But the Android SDK accepts any value and drops nulls, so requests may have an empty wrapper, booleans and
 * numbers.
 */
const AttributeMap = z.object({
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** Case is ignored in Connect enums, because Salesforce's own samples and SDKs write them in different cases. */
function inAnyCase<const Values extends readonly [string, ...string[]]>(values: Values) {
  const known = new Map(values.map((value) => [value.toLowerCase(), value]));
  return z.preprocess(
    (given) => (typeof given === 'string' ? (known.get(given.toLowerCase()) ?? given) : given),
    z.enum(values),
  );
}

/** Guide: "Loyalty Contact Input" (v55). The keys of the additional values are fields of the person account. */
export const LoyaltyContactInput = z.object({
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string().optional(),
  /** The platform's default is true. Whether a duplicate is then blocked depends on the org's duplicate rules. */
  allowDuplicateRecords: z.boolean().optional(),
  additionalContactFieldValues: AttributeMap.optional(),
});

/** On the sObject the first value is spelled `POS`, and Salesforce's SDK for points of sale sends it like that. */
export const enrollmentChannels = [
  ...(['Pos', 'Web', 'Email', 'CallCenter', 'Social', 'Mobile', 'Store', 'Franchise', 'Partner', 'Print'] as const),
] as const;

export const EnrollmentChannel = inAnyCase(enrollmentChannels);

/**
 * Body of `POST /loyalty-programs/{programName}/individual-member-enrollments`.
 * Guide: "Individual Member Enrollment Input" (v55). The guide marks `additionalMemberFieldValues` as required, but
 * public clients leave it out successfully, so it is optional here.
 */
export const IndividualEnrollmentRequest = z.object({
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
  createTransactionJournals: z.boolean().optional(),
  transactionJournalStatementFrequency: inAnyCase(['Monthly', 'Quarterly']).optional(),
  transactionJournalStatementMethod: inAnyCase(['Mail', 'Email']).optional(),
  enrollmentChannel: EnrollmentChannel.optional(),
  canReceivePromotions: z.boolean().optional(),
  canReceivePartnerPromotions: z.boolean().optional(),
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
