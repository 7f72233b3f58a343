import { z } from 'zod';
import { keyedRecords, listed, wholeCount } from './recordShapes.js';

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
  /** `reached` while the target of the current round is reached. A promotion that starts again is `open` then. */
  status: z.enum(['open', 'reached']),
  /** How often the target was reached so far, in earlier rounds, too. */
  timesReached: wholeCount,
  member: z.string(),
  promotionName: z.string(),
  promotionEndDate: z.string().nullable(),
  /** Name of the engagement attribute that is counted, where the org counts in attributes. */
  attributeName: z.string().nullable(),
});
export type ProgressRecord = z.infer<typeof ProgressRecord>;

/** Progress of one of many members. */
export const NamedProgressRecord = ProgressRecord.extend({
  /** Of the person, company or group. Null if there is none, or the user may not read it. */
  name: z.string().nullable(),
});
export type NamedProgressRecord = z.infer<typeof NamedProgressRecord>;

export const ListProgressResult = listed(NamedProgressRecord);
export type ListProgressResult = z.infer<typeof ListProgressResult>;
