import { z } from 'zod';
import { flag, optional, recordId, textParameter } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/**
 * One row in the answer of a process of type GetMemberPromotions. Guide: "Get Member Promotions". Keys without a value
 * are left out. `Eligible` means "already enrolled" for a promotion that needs enrollment, and "applies" for any other.
 * It has no progress; LoyaltyProgramMbrPromotion has it.
 */
export const MemberPromotion = z.looseObject({
  promotionId: z.string(),
  promotionName: z.string().nullish(),
  description: z.string().nullish(),
  /** `yyyy-MM-dd`. One published sample has a date-time. */
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
  /** Not an enum, because enums of Connect resources are not versioned, and a new value must not break a client. */
  memberEligibilityCategory: z.string().nullish(),
  promotionEnrollmentRqr: z.boolean().nullish(),
  promEnrollmentStartDate: z.string().nullish(),
  promotionEnrollmentEndDate: z.string().nullish(),
  /** `STANDARD` in payloads but `Standard` in the guide, so ignore case when comparing. */
  loyaltyPromotionType: z.string().nullish(),
  fulfillmentAction: z.string().nullish(),
  loyaltyProgramCurrency: z.string().nullish(),
  maximumPromotionRewardValue: z.number().nullish(),
  totalPromotionRewardPointsVal: z.number().nullish(),
  /** The guide and a fixture spell it `…URL`, but the SDKs read `…Url`. */
  promotionImageUrl: z.string().nullish(),
});
export type MemberPromotion = z.infer<typeof MemberPromotion>;

/** One of the two names the member. */
const member = { MemberId: optional(recordId), MembershipNumber: optional(textParameter) };
/** One of the two names the promotion. */
const promotion = { PromotionId: optional(recordId), PromotionName: optional(textParameter) };

export const getMemberPromotions = processTemplate({
  type: 'GetMemberPromotions',
  inputs: member,
  result: MemberPromotion,
});

/** Guide: "Enroll for Promotions". Earlier editions and the SDKs answer the id of the member's promotion as `MemberId`. */
export const enrollInPromotion = processTemplate({
  type: 'EnrollInPromotion',
  inputs: { ...member, ...promotion, IsEnrollmentActive: optional(flag) },
  result: z.looseObject({ MemberId: z.string().nullish(), LoyaltyProgramMbrPromotionId: z.string().nullish() }),
});

/** Guide: "Opt Out from a Promotion" (v58). */
export const optOutPromotion = processTemplate({
  type: 'OptOutPromotion',
  inputs: { ...member, ...promotion },
  result: z.looseObject({ LoyaltyProgramMbrPromotionId: z.string().nullish() }),
});
