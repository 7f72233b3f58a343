import { z } from 'zod';
import { Active, Day, linesText, LongText, RecordName } from './commonShapes.js';

const RewardCurrency = RecordName.describe('Name from currencies.');

const Reward = z
  .union([
    z.strictObject({
      points: z.int().positive().describe('Points to credit.'),
      currency: RewardCurrency,
      maximum: z.int().positive().optional().describe('Most points in total.'),
    }),
    z.strictObject({
      factor: z.number().positive().describe('Points times a factor: 2 for double points.'),
      currency: RewardCurrency,
    }),
    z.strictObject({
      voucher: RecordName.describe('Name from voucherDefinitions.'),
      maximum: z.int().positive().optional().describe('Most vouchers in total.'),
    }),
  ])
  .describe('What a member gets. The rules of a process decide whether and when.');
export type PromotionReward = z.output<typeof Reward>;

export const Promotion = z
  .strictObject({
    name: RecordName.describe('Name of the promotion.'),
    type: z
      .enum(['Standard', 'Cumulative'])
      .describe('Cumulative: rewards a member for reaching a target over many transactions. Standard: any other.'),
    description: LongText.optional().describe('For members.'),
    active: Active,
    startDate: Day.describe('First day, yyyy-MM-dd.'),
    endDate: Day.optional().describe('Last day, yyyy-MM-dd.'),
    target: z
      .int()
      .positive()
      .optional()
      .describe('Uses that a Cumulative promotion asks for (Promotion.CumulativeUsageTarget).'),
    timesPerMember: z
      .int()
      .min(2)
      .optional()
      .describe(
        'How often a member can reach the target. Default: once. Needs API 60 (PromotionLimit of type UsagePerCustomer).',
      ),
    enrollmentRequired: z
      .boolean()
      .default(false)
      .describe('Whether members have to join the promotion. Default: false.'),
    enrollmentStartDate: Day.optional().describe('First day on which members can join, yyyy-MM-dd.'),
    enrollmentEndDate: Day.optional().describe('Last day on which members can join, yyyy-MM-dd.'),
    journalType: z.enum(['Accrual', 'Redemption']).optional().describe('Kind of journals that the promotion is for.'),
    reward: Reward.optional(),
    engagementAttributes: z
      .array(RecordName)
      .default([])
      .describe('Names from engagementAttributes, whose values count for the promotion.'),
  })
  .describe('An offer to members.');
export type Promotion = z.output<typeof Promotion>;

const Reset = z
  .strictObject({
    frequency: z
      .enum(['Daily', 'Weekly', 'Monthly', 'Yearly', 'CustomPeriod'])
      .describe('How often the value begins again.'),
    on: linesText(255)
      .optional()
      .describe(
        'A text. Weekly: day 1 (Sunday) to 7. Monthly: day 1 to 31. Yearly: month 1 to 12. CustomPeriod: number of days.',
      ),
    mostPerPeriod: z
      .int()
      .positive()
      .optional()
      .describe('How often the value can begin again in one period because the target was reached.'),
  })
  .describe('When the value begins again.');

export const EngagementAttribute = z
  .strictObject({
    name: RecordName.describe('Name of the attribute.'),
    description: linesText(255).optional().describe('For people.'),
    status: z
      .enum(['Draft', 'Active', 'Inactive'])
      .default('Active')
      .describe('An org ignores drafts. Default: Active.'),
    startDate: Day.describe('First day, yyyy-MM-dd.'),
    endDate: Day.optional().describe('Last day, yyyy-MM-dd.'),
    target: linesText(255).optional().describe("Value that members are to reach: a text, such as '10'."),
    defaultValue: linesText(255).optional().describe("Value to begin with: a text, such as '0'."),
    reset: Reset.optional(),
    overwriteValue: z
      .boolean()
      .default(false)
      .describe('One value that lives on, instead of one for each period. Default: false.'),
  })
  .describe('What the org counts for each member. Its values are texts, as in the org.');
export type EngagementAttribute = z.output<typeof EngagementAttribute>;
