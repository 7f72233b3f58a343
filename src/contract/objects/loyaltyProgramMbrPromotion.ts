import { autoNumber, checkbox, crud, int, master, percent, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Member × promotion: enrollment and cumulative progress.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgramMbrPromotion".
 *
 * No row means no progress: the member never acted or is not enrolled.
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
    // From 0 to 100 and above: 40 means 40 %.
    // A row seen in an org had target 5, completed 2, percent 40.
    CumulativeUsageCompletePercent: percent({
      precision: 5,
      scale: 2,
      calculated: { part: 'CumulativeUsageCompleted', whole: 'CumulativeUsageTarget' },
    }),
    CumulativeUsageTarget: int({ calculated: { copyOf: 'CumulativeUsageTarget', behind: 'PromotionId' } }),
    IsAutoEnrolled: checkbox(),
    // False after opting out (inferred).
    IsEnrollmentActive: checkbox(),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { createOnly: true }),
  },
};
