import { z } from 'zod';
import { inAnyCase } from '../inAnyCase.js';
import { AttributeMap, EnrollmentChannel, Flag } from './enrollmentShapes.js';

const text = z.string().optional();

/** Samples send numbers, and clients send them as texts too. */
const amount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .optional();

/** Guide: "Person Account Input" (v59). Without `allowDuplicateRecords`, a person who exists is not created again. */
const PersonAccountInput = z.strictObject({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  allowDuplicateRecords: Flag.optional(),
  additionalPersonAccountFieldValues: AttributeMap.optional(),
});

/**
 * Guide: "Referral Advocate Enrollment Input" (v59). An advocate is named by one of `membershipNumber`, `contactId` and
 * `associatedPersonAccountDetails`. The details together with a number enroll a new advocate under that number.
 */
export const AdvocateEnrollmentRequest = z.strictObject({
  membershipNumber: text,
  contactId: text,
  associatedPersonAccountDetails: PersonAccountInput.optional(),
  /** Of a new advocate. */
  memberStatus: text,
  enrollmentChannel: EnrollmentChannel.optional(),
  transactionJournalStatementFrequency: inAnyCase(['Monthly', 'Quarterly']).optional(),
  transactionJournalStatementMethod: inAnyCase(['Mail', 'Email']).optional(),
  membershipEndDate: text,
  /** True unless given: the journals are processed at once. */
  shouldProcessTransactionsInRealTime: Flag.optional(),
  additionalMemberFieldValues: AttributeMap.optional(),
  /** The table of the guide also has it here, beside that of the person. */
  additionalPersonAccountFieldValues: AttributeMap.optional(),
  /** Since v64, like the next. False unless given. */
  isAutoEnrolled: Flag.optional(),
  /** True unless given. */
  isEnrollmentActive: Flag.optional(),
});
export type AdvocateEnrollmentRequest = z.infer<typeof AdvocateEnrollmentRequest>;

const AdvocateJournal = z.object({
  activityDate: z.string(),
  journalType: z.string(),
  journalSubType: z.string().nullish(),
  membershipNumber: z.string(),
  programName: z.string(),
  status: z.string(),
  transactionJournalId: z.string(),
});
export type AdvocateJournal = z.infer<typeof AdvocateJournal>;

/** Guide: "Referral Advocate Enrollment Output". Ids have 15 characters in all samples. */
export const AdvocateEnrollmentResponse = z.object({
  contactId: z.string().nullish(),
  memberId: z.string(),
  membershipNumber: z.string(),
  programName: z.string(),
  /** `{referral code of the member}-{code of the promotion}` */
  promotionReferralCode: z.string(),
  transactionJournals: z.array(AdvocateJournal).nullish(),
});
export type AdvocateEnrollmentResponse = z.infer<typeof AdvocateEnrollmentResponse>;

export const referralEventTypes = ['Refer', 'Enrollment', 'Purchase'] as const;
export type ReferralEventType = (typeof referralEventTypes)[number];

/**
 * Guide: "Referral Event Input" (v59). The friend is named by `contactId`, by a name with an e-mail address, or, for
 * several friends at once, by `referralEmails`, whose documented type is a list and whose real one is a wrapper.
 */
export const ReferralEventRequest = z.strictObject({
  /** `{referral code of the member}-{code of the promotion}` */
  referralCode: z.string(),
  eventType: inAnyCase(referralEventTypes),
  /** `yyyy-MM-ddTHH:mm:ss`. Required unless the deprecated `joiningDate` is given. */
  activityDateTime: text,
  joiningDate: text,
  contactId: text,
  firstName: text,
  lastName: text,
  email: text,
  referralEmails: z.union([z.array(z.string()), z.object({ emails: z.array(z.string()) })]).optional(),
  /** The next four are for purchases. Number of the order in another system. */
  orderReferenceId: text,
  productId: text,
  purchaseAmount: amount,
  purchaseQuantity: amount,
  /** Fields of the friend's person account. */
  referralAdditionalAttributes: AttributeMap.optional(),
  transactionJournalAdditionalAttributes: AttributeMap.optional(),
  /** Since v62, like the rest. */
  referralChannel: text,
  /** Name of the stage that is reached. Default: the stage of the event. */
  referralStage: text,
  referredPartyJournalSubtype: text,
  optInWhatsApp: Flag.optional(),
  contactLocale: text,
  contactFieldForLocale: text,
});
export type ReferralEventRequest = z.infer<typeof ReferralEventRequest>;
