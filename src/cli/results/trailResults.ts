import { z } from 'zod';
import { listed, wholeCount } from './recordShapes.js';

const text = z.string().nullable();
const amount = z.number().nullable();

/** What a trail counts: an engagement attribute, and the member's value of it. */
export const TrailStepRecord = z.object({
  name: text,
  description: text,
  /** Status of the attribute as the org says it, such as `Active`. */
  attributeStatus: text,
  startDate: text,
  endDate: text,
  /** As the org has them, which is as text. Null where the member has no value yet. */
  currentValue: text,
  targetValue: text,
  /** The current value as a number; where there is none, the default of the attribute, or 0. Null for other text. */
  completed: amount,
  target: amount,
  percent: amount,
});
export type TrailStepRecord = z.infer<typeof TrailStepRecord>;

export const TrailRecord = z.object({
  /** Id of the promotion. */
  key: z.string(),
  /** `reached` when every step has its target. */
  status: z.enum(['open', 'reached']),
  /** Membership number. */
  member: z.string(),
  promotionName: z.string(),
  /** How often the trail can be completed, and how often still. Null where that is once. */
  timesPossible: wholeCount.nullable(),
  timesLeft: wholeCount.nullable(),
  steps: z.array(TrailStepRecord),
  rewards: z.object({
    points: z.array(z.object({ currency: text, points: amount })),
    vouchers: z.array(z.object({ definitionId: text, voucher: text })),
    badges: z.array(z.object({ badgeId: text, badge: text })),
  }),
});
export type TrailRecord = z.infer<typeof TrailRecord>;

export const ListTrailsResult = listed(TrailRecord);
export type ListTrailsResult = z.infer<typeof ListTrailsResult>;
