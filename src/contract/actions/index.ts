import { submitFailedRecordsBatchJob } from './batchJobActions.js';
import { assignTierBenefits, executeMemberBenefit } from './benefitActions.js';
import { refreshDecisionTable } from './decisionTableActions.js';
import { reinstatePoints } from './expiryActions.js';
import { runProgramProcessForTransactionJournal } from './journalActions.js';
import { mergeLoyaltyProgramMembership, unmergeLoyaltyProgramMembership } from './mergeActions.js';
import {
  adjustPointsAction,
  creditPointsAction,
  debitPointsAction,
  getPointsBalance,
  transferMemberPointsToGroups,
  transferPointsAction,
} from './pointsActions.js';
import { updateProgressForCumulativePromotionUsage } from './promotionActions.js';
import {
  enrollAdvocateB2bReferralProm,
  generateMemberReferralCode,
  processB2bReferralEvent,
  processReferralEvent,
} from './referralActions.js';
import { cancelAccrual, cancelRedemption } from './reversalActions.js';
import {
  getLoyaltyPromotion,
  getLoyaltyPromotionBasedOnSalesforceCDP,
  getMemberActiveSegments,
} from './segmentActions.js';
import { mapTraceablePtForRedemTrxn } from './traceActions.js';
import { issueVoucher } from './voucherActions.js';
import { changeTierAction, changeTierWhenNoErrors, getTierAction } from './tierActions.js';

/** Every standard action that client and local org know, by its name. */
export const standardActions = {
  adjustPoints: adjustPointsAction,
  assignTierBenefits,
  cancelAccrual,
  cancelRedemption,
  changeTier: changeTierAction,
  changeTierWhenNoErrors,
  creditPoints: creditPointsAction,
  debitPoints: debitPointsAction,
  enrollAdvocateB2bReferralProm,
  executeMemberBenefit,
  generateMemberReferralCode,
  getLoyaltyPromotion,
  getLoyaltyPromotionBasedOnSalesforceCDP,
  getMemberActiveSegments,
  getPointsBalance,
  getTier: getTierAction,
  issueVoucher,
  mapTraceablePtForRedemTrxn,
  mergeLoyaltyProgramMembership,
  processB2bReferralEvent,
  processReferralEvent,
  refreshDecisionTable,
  reinstatePoints,
  runProgramProcessForTransactionJournal,
  submitFailedRecordsBatchJob,
  transferMemberPointsToGroups,
  transferPoints: transferPointsAction,
  unmergeLoyaltyProgramMembership,
  updateProgressForCumulativePromotionUsage,
} as const;
