import { autoNumber, checkbox, crud, int, master, percent, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A member's enrollment in a promotion, and cumulative progress.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgramMbrPromotion".
 *
 * Without a row there is no progress: the member has no activity or is not enrolled.
 */
export const loyaltyProgramMbrPromotion: SObjectDefinition = {
  name: 'LoyaltyProgramMbrPromotion',
  label: 'Loyalty Program Member Promotion',
  labelPlural: 'Loyalty Program Member Promotions',
  keyPrefix: '1lp',
  since: 51,
  ...crud,
  fields: {
    // The progress.
    CumulativeUsageCompleted: int(),
    // A percentage from 0, which may exceed 100. A row in an org had target 5, completed 2, percent 40.
    CumulativeUsageCompletePercent: percent({
      precision: 5,
      scale: 2,
      calculated: { part: 'CumulativeUsageCompleted', whole: 'CumulativeUsageTarget' },
    }),
    // A copy of Promotion.CumulativeUsageTarget.
    CumulativeUsageTarget: int({ calculated: { copyOf: 'CumulativeUsageTarget', behind: 'PromotionId' } }),
    IsAutoEnrolled: checkbox(),
    // False after the member opted out (inferred).
    IsEnrollmentActive: checkbox(),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { createOnly: true }),
  },
};
