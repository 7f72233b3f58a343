import { z } from 'zod';
import { countsOf } from './recordShapes.js';

/** `unchanged`: the process succeeded, and the tier is what it was. Its rule may not be active. */
export const changeTierStatuses = ['changed', 'exists', 'unchanged'] as const;

export const ChangeTierResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: z.enum(changeTierStatuses),
      memberId: z.string(),
      tierGroup: z.string(),
      /** Names of the tiers; null for none. */
      before: z.string().nullable(),
      after: z.string().nullable(),
      effectiveDate: z.string().nullable(),
      expirationDate: z.string().nullable(),
    }),
  ),
  counts: countsOf(changeTierStatuses),
});
export type ChangeTierResult = z.infer<typeof ChangeTierResult>;
