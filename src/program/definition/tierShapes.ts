import { z } from 'zod';
import { LongText, RecordName, Day } from './commonShapes.js';

/** A price of a paid tier. Salesforce does not publish the values of `type` and `duration`. Needs API 63. */
const Fee = z.strictObject({
  type: RecordName,
  duration: RecordName,
  amount: z.number().nonnegative().optional(),
  points: z.int().positive().optional(),
});

const Tier = z.strictObject({
  name: RecordName,
  description: LongText.optional(),
  /**
   * Fewest qualifying points for the tier. It ends where the next one begins. Without it, members come into the tier by
   * other means, such as a fee.
   */
  minimum: z.number().nonnegative().multipleOf(0.01).optional(),
  enrollment: z.enum(['Free', 'Paid', 'SegmentBased', 'TierBased', 'Trial']).optional(),
  /** Names from `benefits`. */
  benefits: z.array(RecordName).default([]),
  fees: z.array(Fee).default([]),
});
export type Tier = z.output<typeof Tier>;

export const TierGroup = z.strictObject({
  name: RecordName,
  description: LongText.optional(),
  active: z.boolean().default(true),
  /** One group of a program is its primary one. */
  primary: z.boolean().default(true),
  /** `Fixed`: periods are the same for all members. `Anniversary`: they count from each member's enrollment. */
  model: z.enum(['Fixed', 'Anniversary']).default('Fixed'),
  period: z.strictObject({ quantity: z.int().positive(), unit: z.enum(['Months', 'Years']) }),
  /** When qualifying points are reset to zero: on this day, and then at intervals of this number of years. */
  qualifyingPointsReset: z.strictObject({ date: Day, everyYears: z.int().positive().default(1) }),
  /** From the lowest to the highest. */
  tiers: z.array(Tier),
});
export type TierGroup = z.output<typeof TierGroup>;
