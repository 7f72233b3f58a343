import { action } from '../action.js';
import { optional, recordId, wholeNumber } from '../parameter.js';

/** Guide: "Update Progress for Cumulative Promotion Usage". An increment without an idempotency key: sent twice, it counts twice. */
export const updateProgressForCumulativePromotionUsage = action({
  name: 'updateProgressForCumulativePromotionUsage',
  label: 'Update Progress for Cumulative Promotion Usage',
  since: 53,
  inputs: {
    loyaltyProgramMemberId: recordId,
    promotionId: recordId,
    usageIncrementForCumulativePromotion: wholeNumber,
  },
  outputs: { cumulativeUsageTarget: optional(wholeNumber), updatedCumulativeUsageCompleted: wholeNumber },
});
