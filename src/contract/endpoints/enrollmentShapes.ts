import { z } from 'zod';
import { inAnyCase } from '../inAnyCase.js';

/**
 * Values of custom fields, in the documented wrapper object with a single key. The guide says that all values are
 * texts. But the Android SDK accepts any value and drops nulls, so requests may have an empty wrapper, booleans and
 * numbers.
 */
export const AttributeMap = z.object({
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type AttributeMap = z.infer<typeof AttributeMap>;

/**
 * The guide says Boolean, but its samples send the texts "true" and "false", so both are accepted.
 */
export const Flag = z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean());

/** Guide: "Loyalty Contact Input" (v55). The keys of the additional values are fields of the person account. */
export const LoyaltyContactInput = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string().optional(),
  /** The platform's default is true. Whether a duplicate is then blocked depends on the org's duplicate rules. */
  allowDuplicateRecords: Flag.optional(),
  additionalContactFieldValues: AttributeMap.optional(),
});
export type LoyaltyContactInput = z.infer<typeof LoyaltyContactInput>;

/** Guide: "Loyalty Account Input" (v55). The keys of the additional values are fields of the account. */
export const LoyaltyAccountInput = z.strictObject({
  name: z.string(),
  phone: z.string().optional(),
  website: z.string().optional(),
  /** As for contacts. */
  allowDuplicateRecords: Flag.optional(),
  additionalAccountFieldValues: AttributeMap.optional(),
});
export type LoyaltyAccountInput = z.infer<typeof LoyaltyAccountInput>;

/** On the sObject the first value is spelled `POS`, and Salesforce's SDK for points of sale sends it like that. */
export const enrollmentChannels = [
  ...(['Pos', 'Web', 'Email', 'CallCenter', 'Social', 'Mobile', 'Store', 'Franchise', 'Partner', 'Print'] as const),
] as const;

export const EnrollmentChannel = inAnyCase(enrollmentChannels);

/** What the enrollments of persons and of companies take alike (v55). */
export const membershipInputs = {
  /** `yyyy-MM-ddTHH:mm:ss`. It is read as the org's local time, so send no offset. */
  enrollmentDate: z.string(),
  membershipNumber: z.string().min(1),
  /** `Active`, `Inactive`, or a value that the org added. */
  memberStatus: z.string(),
  additionalMemberFieldValues: AttributeMap.optional(),
  referredByMemberReferralCode: z.string().optional(),
  createTransactionJournals: Flag.optional(),
  transactionJournalStatementFrequency: inAnyCase(['Monthly', 'Quarterly']).optional(),
  transactionJournalStatementMethod: inAnyCase(['Mail', 'Email']).optional(),
  enrollmentChannel: EnrollmentChannel.optional(),
  canReceivePromotions: Flag.optional(),
  canReceivePartnerPromotions: Flag.optional(),
  membershipEndDate: z.string().optional(),
};

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

/** What both answer. Ids have 15 characters in all samples. */
export const newMembership = {
  loyaltyProgramMemberId: z.string(),
  loyaltyProgramName: z.string(),
  membershipNumber: z.string(),
  transactionJournals: z.array(EnrollmentJournal).nullish(),
};
