import { z } from 'zod';
import { countsOf, RecordError } from './recordShapes.js';

/** `open`: the org was not ready, and nothing of the member is in it. */
export const enrollStatuses = ['enrolled', 'exists', 'failed', 'unknown', 'open'] as const;

export const EnrollMemberResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: z.enum(enrollStatuses),
      memberId: z.string().optional(),
      /** Line in the input, where there is one. */
      line: z.number().int().optional(),
      error: RecordError.optional(),
    }),
  ),
  counts: countsOf(enrollStatuses),
});
export type EnrollMemberResult = z.infer<typeof EnrollMemberResult>;
