import { z } from 'zod';
import { Day, LongText, RecordName, Validity } from './commonShapes.js';

/** Benefit types are shared by the whole org: programs use the same record for the same name. */
export const BenefitType = z.strictObject({
  name: RecordName,
  /** A value of the picklist `BenefitType.Category`. Salesforce ships none, so the org has to have it. */
  category: RecordName,
  description: z.string().max(80).optional(),
});
export type BenefitType = z.output<typeof BenefitType>;

/** A perk that tiers give. */
export const Benefit = z.strictObject({
  name: RecordName,
  /** Name from `benefitTypes`. */
  type: RecordName,
  description: LongText.optional(),
  active: z.boolean().default(true),
  value: z.number().optional(),
});
export type Benefit = z.output<typeof Benefit>;

export const VoucherDefinition = z.strictObject({
  name: RecordName,
  description: LongText.optional(),
  active: z.boolean().default(true),
  type: z.enum(['FixedValue', 'DiscountPercentage', 'ProductOrService']),
  /** Money. Only for the type FixedValue. */
  faceValue: z.number().positive().optional(),
  /** Only for the type DiscountPercentage. */
  discountPercent: z.int().min(1).max(100).optional(),
  effectiveDate: Day,
  validity: Validity,
  partiallyRedeemable: z.boolean().default(false),
  /** The codes that the org generates, if its setting for them is on. */
  codes: z
    .strictObject({
      prefix: z.string().max(64).optional(),
      suffix: z.string().max(64).optional(),
      length: z.int().positive().optional(),
    })
    .optional(),
});
export type VoucherDefinition = z.output<typeof VoucherDefinition>;

export const Badge = z.strictObject({
  name: RecordName,
  description: z.string().max(255).optional(),
  status: z.enum(['Draft', 'Active', 'Inactive']).default('Active'),
  startDate: Day,
  validity: Validity,
});
export type Badge = z.output<typeof Badge>;
