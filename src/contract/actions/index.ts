import { updateProgressForCumulativePromotionUsage } from './promotionActions.js';

/** Every standard action that client and local org know, by its name. */
export const standardActions = { updateProgressForCumulativePromotionUsage } as const;
