import { z } from 'zod';
import { findingStatuses } from '../../client/index.js';
import { countsOf, RecordError } from './recordShapes.js';

export const CheckOrgResult = z.object({
  apiVersion: z.string(),
  records: z.array(
    z.object({
      /** What was looked at, such as `apiVersion`, `currencies` or `process: credit points`. */
      key: z.string(),
      /** Name of the program that it is about, or null for the whole org. */
      program: z.string().nullable(),
      /** `note`: worth knowing. `missing`: something does not work without it. */
      status: z.enum(findingStatuses),
      message: z.string(),
      /** What to do about it. */
      toDo: z.string().optional(),
      /** Why the org did not tell. */
      error: RecordError.optional(),
    }),
  ),
  counts: countsOf(findingStatuses),
});
export type CheckOrgResult = z.infer<typeof CheckOrgResult>;
