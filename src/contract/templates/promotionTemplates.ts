import { z } from 'zod';
import { flag, optional, recordId, text } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/**
 * A row that a process of type GetMemberPromotions answers. Guide: "Get Member Promotions"; keys without a value are
 * left out. `Eligible` means "already enrolled" for a promotion that needs enrollment, and "applies" for any other.
 * It has no progress: LoyaltyProgramMbrPromotion has.
 */
export const MemberPromotion = z.looseObject({
  promotionId: z.string(),
  promotionName: z.string().nullish(),
  description: z.string().nullish(),
  /** `yyyy-MM-dd`; one published sample has a date-time. */
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
  /** Enums of Connect resources are not versioned: a value that is not known today must not break a client. */
  memberEligibilityCategory: z.string().nullish(),
  promotionEnrollmentRqr: z.boolean().nullish(),
  promEnrollmentStartDate: z.string().nullish(),
  promotionEnrollmentEndDate: z.string().nullish(),
  /** `STANDARD` in payloads, `Standard` in the guide: compare without case. */
  loyaltyPromotionType: z.string().nullish(),
  fulfillmentAction: z.string().nullish(),
  loyaltyProgramCurrency: z.string().nullish(),
  maximumPromotionRewardValue: z.number().nullish(),
  totalPromotionRewardPointsVal: z.number().nullish(),
  /** The guide and a fixture spell it `…URL`, the SDKs read `…Url`. */
  promotionImageUrl: z.string().nullish(),
});
export type MemberPromotion = z.infer<typeof MemberPromotion>;

/** One of the two names the member. */
const member = { MemberId: optional(recordId), MembershipNumber: optional(text) };
/** One of the two names the promotion. */
const promotion = { PromotionId: optional(recordId), PromotionName: optional(text) };

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
