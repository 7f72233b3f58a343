import { runProgramProcessForTransactionJournal } from './journalActions.js';
import { updateProgressForCumulativePromotionUsage } from './promotionActions.js';

/** Every standard action that client and local org know, by its name. */
export const standardActions = {
  runProgramProcessForTransactionJournal,
  updateProgressForCumulativePromotionUsage,
} as const;
