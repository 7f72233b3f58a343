import { z } from 'zod';
import { ProgressFields } from './progressResults.js';
import { listed } from './recordShapes.js';

export const ListPromotionsResult = listed(
  z.object({
    /** Id of the promotion. */
    key: z.string(),
    /** Eligibility as the org says it: `Eligible`, `EligibleButNotEnrolled`, `Ineligible`. */
    status: z.string(),
    name: z.string(),
    type: z.string().nullable(),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
    enrollmentRequired: z.boolean(),
    progress: ProgressFields.optional(),
  }),
);
export type ListPromotionsResult = z.infer<typeof ListPromotionsResult>;
