import { assignTierBenefits, executeMemberBenefit } from './benefitActions.js';
import { reinstatePoints } from './expiryActions.js';
import { runProgramProcessForTransactionJournal } from './journalActions.js';
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
  getPointsBalance,
  getTier: getTierAction,
  issueVoucher,
  processB2bReferralEvent,
  processReferralEvent,
  reinstatePoints,
  runProgramProcessForTransactionJournal,
  transferMemberPointsToGroups,
  transferPoints: transferPointsAction,
  updateProgressForCumulativePromotionUsage,
} as const;
