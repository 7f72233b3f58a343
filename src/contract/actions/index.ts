import { reinstatePoints } from './expiryActions.js';
import { runProgramProcessForTransactionJournal } from './journalActions.js';
import { updateProgressForCumulativePromotionUsage } from './promotionActions.js';

/** Every standard action that client and local org know, by its name. */
export const standardActions = {
  reinstatePoints,
  runProgramProcessForTransactionJournal,
  updateProgressForCumulativePromotionUsage,
} as const;
