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
import { cancelAccrual, cancelRedemption } from './reversalActions.js';

/** Every standard action that client and local org know, by its name. */
export const standardActions = {
  adjustPoints: adjustPointsAction,
  cancelAccrual,
  cancelRedemption,
  creditPoints: creditPointsAction,
  debitPoints: debitPointsAction,
  getPointsBalance,
  reinstatePoints,
  runProgramProcessForTransactionJournal,
  transferMemberPointsToGroups,
  transferPoints: transferPointsAction,
  updateProgressForCumulativePromotionUsage,
} as const;
