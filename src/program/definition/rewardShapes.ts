import { z } from 'zod';
import { Active, Day, linesText, LongText, RecordName, Validity } from './commonShapes.js';

export const BenefitType = z
  .strictObject({
    name: RecordName.describe('Name of the benefit type.'),
    category: RecordName.describe(
      'A value of the picklist BenefitType.Category. Salesforce ships none, so the org has to have it.',
    ),
    description: linesText(80).optional().describe('For people.'),
  })
  .describe('A kind of benefits. The whole org shares them: programs use the same record for the same name.');
export type BenefitType = z.output<typeof BenefitType>;

export const Benefit = z
  .strictObject({
    name: RecordName.describe('Name of the benefit.'),
    type: RecordName.describe('Name from benefitTypes.'),
    description: LongText.optional().describe('For members.'),
    active: Active,
    value: z.number().optional().describe('What the benefit is worth.'),
  })
  .describe('A perk that tiers give.');
export type Benefit = z.output<typeof Benefit>;

const Codes = z
  .strictObject({
    prefix: linesText(64).optional().describe('Beginning of each code.'),
    suffix: linesText(64).optional().describe('End of each code.'),
    length: z.int().positive().optional().describe('Characters between them. Default: 8.'),
  })
  .describe('The codes that the org generates, if its setting for them is on.');

export const VoucherDefinition = z
  .strictObject({
    name: RecordName.describe('Name of the voucher definition.'),
    description: LongText.optional().describe('For members.'),
    active: Active,
    type: z.enum(['FixedValue', 'DiscountPercentage', 'ProductOrService']).describe('What the voucher is worth.'),
    faceValue: z.number().positive().optional().describe('Money. Only for the type FixedValue, which needs it.'),
    discountPercent: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe('Only for the type DiscountPercentage, which needs it.'),
    effectiveDate: Day.describe('First day on which vouchers can be issued, yyyy-MM-dd.'),
    validity: Validity,
    partiallyRedeemable: z
      .boolean()
      .default(false)
      .describe('Whether a member can use up the value in several steps. Default: false.'),
    codes: Codes.optional(),
  })
  .describe('A kind of vouchers.');
export type VoucherDefinition = z.output<typeof VoucherDefinition>;

export const Badge = z
  .strictObject({
    name: RecordName.describe('Name of the badge.'),
    description: linesText(255).optional().describe('For members.'),
    status: z.enum(['Draft', 'Active', 'Inactive']).default('Active').describe('Default: Active.'),
    startDate: Day.describe('First day on which members can get it, yyyy-MM-dd.'),
    validity: Validity,
  })
  .describe('A mark of honor.');
export type Badge = z.output<typeof Badge>;
