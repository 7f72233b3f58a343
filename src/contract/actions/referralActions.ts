import { z } from 'zod';
import { action } from '../action.js';
import { optional, recordId, structure, textList, textParameter } from '../parameter.js';

/** Guide: "Generate Member Referral Code". Replaces an existing code, so each call gives another one. It answers nothing. */
export const generateMemberReferralCode = action({
  name: 'generateMemberReferralCode',
  label: 'Generate Member Referral Code',
  since: 57,
  inputs: { LoyaltyProgramMemberId: recordId },
  outputs: {},
});

/** What the two actions of an event take. Amounts are texts, says the guide. */
const event = { eventType: textParameter, referralCode: textParameter };
const purchase = {
  productId: optional(recordId),
  purchaseAmount: optional(textParameter),
  purchaseQuantity: optional(textParameter),
};

/** The stage by its name. The guide's text says list for the journals, its type says text. */
const outcome = {
  referralId: optional(recordId),
  referralStage: optional(textParameter),
  transactionJournalIds: optional({
    ...textList,
    shape: z.union([z.array(z.string()), z.string().transform((ids) => (ids === '' ? [] : ids.split(/[,;]\s*/)))]),
  }),
  voucherId: optional(recordId),
};

/** Guide: "Create Referral Event". One friend, whose e-mail address or contact is given. */
export const processReferralEvent = action({
  name: 'processReferralEvent',
  label: 'Process Referral Event',
  since: 60,
  inputs: {
    activityDateTime: textParameter,
    ...event,
    externalReferenceNumber: optional(textParameter),
    referralContactId: optional(recordId),
    referralEmail: optional(textParameter),
    referralFirstName: optional(textParameter),
    referralLastName: optional(textParameter),
    ...purchase,
  },
  outputs: { contactId: optional(recordId), ...outcome },
});

/** Guide: "Advocate Enrollment" of B2B Referral Management. The advocate is a business account. */
export const enrollAdvocateB2bReferralProm = action({
  name: 'enrollAdvocateB2bReferralProm',
  label: 'Enroll Advocate in B2B Referral Promotion',
  since: 64,
  inputs: {
    programName: textParameter,
    promotionCode: textParameter,
    accountId: optional(recordId),
    membershipNumber: optional(textParameter),
    memberStatus: optional(textParameter),
    enrollmentChannel: optional(textParameter),
  },
  outputs: {
    membershipNumber: optional(textParameter),
    accountId: optional(recordId),
    programName: optional(textParameter),
    referralCode: optional(textParameter),
    promotionCode: optional(textParameter),
    memberId: optional(recordId),
    transactionJournals: optional(structure(z.array(z.unknown()))),
  },
});

/** Guide: "Referral Event" of B2B Referral Management. The friend is a business account, or a lead. */
export const processB2bReferralEvent = action({
  name: 'processB2bReferralEvent',
  label: 'Process B2B Referral Event',
  since: 64,
  inputs: {
    ...event,
    activityDateTime: optional(textParameter),
    accountId: optional(recordId),
    leadId: optional(recordId),
    opportunity: optional(recordId),
    ...purchase,
  },
  outputs: { accountId: optional(recordId), ...outcome },
});
