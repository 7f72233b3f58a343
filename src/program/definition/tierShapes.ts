import { z } from 'zod';
import { Active, Day, LongText, RecordName } from './commonShapes.js';

const picklistOfOrg = 'A value of the picklist in the org: Salesforce does not publish its values.';

const Fee = z
  .strictObject({
    type: RecordName.describe(picklistOfOrg),
    duration: RecordName.describe(picklistOfOrg),
    amount: z.number().nonnegative().optional().describe('Money.'),
    points: z.int().positive().optional().describe('Points.'),
  })
  .describe('A price of a paid tier. Needs API 63.');

const Tier = z.strictObject({
  name: RecordName.describe('Name of the tier.'),
  description: LongText.optional().describe('For members.'),
  minimum: z
    .number()
    .nonnegative()
    .multipleOf(0.01)
    .optional()
    .describe(
      'Fewest qualifying points for the tier. It ends where the next one begins. Without it, members come into the tier by other means, such as a fee.',
    ),
  enrollment: z
    .enum(['Free', 'Paid', 'SegmentBased', 'TierBased', 'Trial'])
    .optional()
    .describe("How members come into the tier. Default: the org's."),
  benefits: z.array(RecordName).default([]).describe('Names from benefits.'),
  fees: z.array(Fee).default([]).describe('Prices of a paid tier: members choose one of them.'),
});
export type Tier = z.output<typeof Tier>;

const Period = z
  .strictObject({
    quantity: z.int().positive().describe('Length of the period.'),
    unit: z.enum(['Months', 'Years']).describe('Unit of the period.'),
  })
  .describe('How long a member keeps a tier.');

const PointsReset = z
  .strictObject({
    date: Day.describe('First day of the reset, yyyy-MM-dd.'),
    everyYears: z.int().positive().default(1).describe('Years between resets. Default: 1.'),
  })
  .describe('When qualifying points are reset to zero.');

export const TierGroup = z
  .strictObject({
    name: RecordName.describe('Name of the tier group.'),
    description: LongText.optional().describe('For people.'),
    active: Active,
    primary: z.boolean().default(true).describe('One group of a program is its primary one. Default: true.'),
    model: z
      .enum(['Fixed', 'Anniversary'])
      .default('Fixed')
      .describe(
        "Fixed: periods are the same for all members. Anniversary: they count from each member's enrollment. Default: Fixed.",
      ),
    period: Period,
    qualifyingPointsReset: PointsReset,
    tiers: z.array(Tier).describe('From the lowest to the highest.'),
  })
  .describe('Tiers that members climb.');
export type TierGroup = z.output<typeof TierGroup>;
