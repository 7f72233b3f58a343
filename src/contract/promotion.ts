import { z } from 'zod';

/**
 * One row in the answer of a process of type GetMemberPromotions. Guide: "Get Member Promotions". Keys without a value
 * are left out. `Eligible` means "already enrolled" for a promotion that needs enrollment, and "applies" for any other.
 * It has no progress; see `progress.ts` for that.
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

/**
 * One input of the standard action `updateProgressForCumulativePromotionUsage` (v53): an increment without an
 * idempotency key.
 */
export const ProgressIncrement = z.object({
  loyaltyProgramMemberId: z.string(),
  promotionId: z.string(),
  usageIncrementForCumulativePromotion: z.number().int(),
});
export type ProgressIncrement = z.infer<typeof ProgressIncrement>;

export const ProgressIncrementResult = z.object({
  cumulativeUsageTarget: z.coerce.number().nullish(),
  updatedCumulativeUsageCompleted: z.coerce.number(),
});
export type ProgressIncrementResult = z.infer<typeof ProgressIncrementResult>;
