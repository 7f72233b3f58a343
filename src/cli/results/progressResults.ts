import { z } from 'zod';
import { keyedRecords, listed } from './recordShapes.js';

/** For `--to`, which needs no key, the key of the record is the promotion's Id. */
export const UpdateProgressResult = keyedRecords({
  member: z.string(),
  promotionId: z.string(),
  promotionName: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  target: z.number().nullable(),
  percent: z.number().nullable(),
});
export type UpdateProgressResult = z.infer<typeof UpdateProgressResult>;

export const ProgressFields = z.object({
  completed: z.number(),
  target: z.number().nullable(),
  /** 0 to 100; above 100 when the rules let usage grow past the target. */
  percent: z.number().nullable(),
});

export const ProgressRecord = ProgressFields.extend({
  /** Id of the promotion. */
  key: z.string(),
  status: z.enum(['open', 'reached']),
  member: z.string(),
  promotionName: z.string(),
  promotionEndDate: z.string().nullable(),
  /** Name of the engagement attribute that is counted, where the org counts in attributes. */
  attributeName: z.string().nullable(),
});
export type ProgressRecord = z.infer<typeof ProgressRecord>;

export const ListProgressResult = listed(ProgressRecord);
export type ListProgressResult = z.infer<typeof ListProgressResult>;
