import { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';
import { Flag } from './enrollmentShapes.js';

const text = z.string().optional();
const found = z.string().nullish();

/** Guide: "Referral Advocate Profile Input" (v62). One way to name the advocate, and one to name the program. */
export const AdvocateProfileRequest = z.strictObject({
  contactId: text,
  memberId: text,
  membershipNumber: text,
  contactDetails: z
    .array(z.strictObject({ firstName: text, lastName: text, email: text, phoneNumber: text }))
    .optional(),
  programId: text,
  programName: text,
  /** Only this promotion. */
  promotionId: text,
  promotionCode: text,
  shouldGetReferralSummary: Flag.optional(),
  shouldGetReferrals: Flag.optional(),
});
export type AdvocateProfileRequest = z.infer<typeof AdvocateProfileRequest>;

const count = z.number().nullish();

/** The sample has these names; the table drops an s: `referralOnStageFourCount`, `voucherIssuedCount`. */
const ReferralSummary = z.object({
  referralCount: count,
  /** Friends who signed up. */
  referralsOnStageFourCount: count,
  /** Friends who completed a first purchase. */
  referralsOnStageFiveCount: count,
  vouchersIssuedCount: count,
});
export type ReferralSummary = z.infer<typeof ReferralSummary>;

const AdvocatePromotion = z.object({
  programId: found,
  programName: found,
  memberId: found,
  membershipNumber: found,
  promotionId: z.string(),
  promotionName: found,
  promotionCode: found,
  promotionDescription: found,
  promotionStartDate: found,
  promotionEndDate: found,
  promotionPageUrl: found,
  promotionImageUrl: found,
  /** So spelled in the guide. */
  isMemberPromotionEnrollementActive: z.boolean().nullish(),
  memberReferralCode: found,
  memberReferralUrl: found,
  memberPromotionSummary: ReferralSummary.nullish(),
});
export type AdvocatePromotion = z.infer<typeof AdvocatePromotion>;

const ReferralRow = z.object({
  referralId: z.string(),
  promotionId: found,
  promotionName: found,
  promotionStageName: found,
  referredPartyName: found,
  /** `contactId` in the sample. */
  referredPartyContactId: found,
  referralCreationDate: found,
  referralLastModifiedDate: found,
});
export type ReferralRow = z.infer<typeof ReferralRow>;

const promotions = z.array(AdvocatePromotion).nullish();

/** Guide: "Referral Advocate Profile". The sample has the lists in the plural, the table in the singular. */
export const AdvocateProfileResponse = z.preprocess(
  withPlurals,
  z.object({
    enrolledPromotionsList: promotions,
    eligiblePromotionsList: promotions,
    programSummary: ReferralSummary.nullish(),
    referralSummaryList: z.array(z.preprocess(withPartyId, ReferralRow)).nullish(),
  }),
);
export type AdvocateProfileResponse = z.infer<typeof AdvocateProfileResponse>;

function withPlurals(answer: unknown): unknown {
  if (!isJsonObject(answer)) return answer;
  const { enrolledPromotionList, eligiblePromotionList, ...named } = answer;
  return {
    ...(enrolledPromotionList !== undefined && { enrolledPromotionsList: enrolledPromotionList }),
    ...(eligiblePromotionList !== undefined && { eligiblePromotionsList: eligiblePromotionList }),
    ...named,
  };
}

function withPartyId(row: unknown): unknown {
  return isJsonObject(row) && row['contactId'] !== undefined
    ? { referredPartyContactId: row['contactId'], ...row }
    : row;
}
