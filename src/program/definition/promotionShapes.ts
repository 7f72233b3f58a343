import { z } from 'zod';
import { Day, LongText, RecordName } from './commonShapes.js';

/** The rules of a process decide whether and when a reward is given. */
const Reward = z.union([
  z.strictObject({
    points: z.int().positive(),
    /** Name from `currencies`. */
    currency: RecordName,
    /** Most points in total. */
    maximum: z.int().positive().optional(),
  }),
  /** Points times a factor: 2 for double points. */
  z.strictObject({ factor: z.number().positive(), currency: RecordName }),
  z.strictObject({
    /** Name from `voucherDefinitions`. */
    voucher: RecordName,
    /** Most vouchers in total. */
    maximum: z.int().positive().optional(),
  }),
]);
export type PromotionReward = z.output<typeof Reward>;

export const Promotion = z.strictObject({
  name: RecordName,
  /** `Cumulative`: rewards a member for reaching a target over many transactions. */
  type: z.enum(['Standard', 'Cumulative']),
  description: LongText.optional(),
  active: z.boolean().default(true),
  startDate: Day,
  endDate: Day.optional(),
  /** Uses that a Cumulative promotion asks for (`CumulativeUsageTarget`). */
  target: z.int().positive().optional(),
  /**
   * How often a member can reach the target. Default: once. Needs API 60 (`PromotionLimit` of type UsagePerCustomer).
   */
  timesPerMember: z.int().min(2).optional(),
  enrollmentRequired: z.boolean().default(false),
  enrollmentStartDate: Day.optional(),
  enrollmentEndDate: Day.optional(),
  /** Kind of journals that the promotion is for. */
  journalType: z.enum(['Accrual', 'Redemption']).optional(),
  reward: Reward.optional(),
  /** Names from `engagementAttributes`, whose values count for the promotion. */
  engagementAttributes: z.array(RecordName).default([]),
});
export type Promotion = z.output<typeof Promotion>;

/** What the org counts for each member. Its values are texts, as in the org. */
export const EngagementAttribute = z.strictObject({
  name: RecordName,
  description: z.string().max(255).optional(),
  status: z.enum(['Draft', 'Active', 'Inactive']).default('Active'),
  startDate: Day,
  endDate: Day.optional(),
  target: z.string().max(255).optional(),
  defaultValue: z.string().max(255).optional(),
  reset: z
    .strictObject({
      frequency: z.enum(['Daily', 'Weekly', 'Monthly', 'Yearly', 'CustomPeriod']),
      /** Weekly: day 1 (Sunday) to 7. Monthly: day 1 to 31. Yearly: month 1 to 12. CustomPeriod: number of days. */
      on: z.string().max(255).optional(),
      mostPerPeriod: z.int().positive().optional(),
    })
    .optional(),
  /** One value that lives on, instead of one for each period. */
  overwriteValue: z.boolean().default(false),
});
export type EngagementAttribute = z.output<typeof EngagementAttribute>;
