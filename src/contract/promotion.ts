import { z } from 'zod';

/**
 * A row that a process of type GetMemberPromotions answers. Guide: "Get Member Promotions"; keys without a value are
 * left out. `Eligible` means "already enrolled" for a promotion that needs enrollment, and "applies" for any other.
 * No progress is in here: see `progress.ts`.
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

/** One input of the standard action `updateProgressForCumulativePromotionUsage` (v53): an increment without a key. */
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
