import { z } from 'zod';
import { countsOf, RecordError } from './recordShapes.js';

/**
 * `different`: the org said that it did it, but the member does not have all the values now. `unchecked`: the member could
 * not be read afterwards.
 */
export const updateStatuses = ['updated', 'different', 'unchecked'] as const;

export const UpdateMemberResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number, the new one if it has changed. */
      key: z.string(),
      status: z.enum(updateStatuses),
      memberId: z.string(),
      /** What was given, and is not so in the org. */
      differences: z.array(z.object({ name: z.string(), given: z.string(), found: z.string().nullable() })),
    }),
  ),
  counts: countsOf(updateStatuses),
});
export type UpdateMemberResult = z.infer<typeof UpdateMemberResult>;

/**
 * `already`: the membership was inactive before, and nothing was sent. `unchanged`: the org said that it did it, but the
 * membership has the same status as before. `unchecked`: the org said so, but the member could not be read afterwards.
 * `unclear`: the status has changed, but it cannot be told whether by this call or by another sender. `unknown`: the answer
 * was lost, and the status has not changed so far. `kept`: the person said no.
 */
export const unenrollStatuses = [
  'unenrolled',
  'already',
  'unchanged',
  'unchecked',
  'unclear',
  'unknown',
  'kept',
] as const;

export const UnenrollMemberResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: z.enum(unenrollStatuses),
      memberId: z.string(),
      /** Status of the membership before and after. */
      before: z.string().nullable(),
      after: z.string().nullable(),
      /** Why the answer of the org is missing. */
      error: RecordError.optional(),
    }),
  ),
  counts: countsOf(unenrollStatuses),
});
export type UnenrollMemberResult = z.infer<typeof UnenrollMemberResult>;
