import { z } from 'zod';
import { Active, RecordName } from './commonShapes.js';

const CurrencyName = RecordName.describe('Name of the currency.');

const currencyFields = {
  active: Active,
  primary: z
    .boolean()
    .default(false)
    .describe('Whether automation credits and debits this currency if a program has several. Default: false.'),
  allowNegativeBalance: z
    .boolean()
    .optional()
    .describe("Needs API 61 and the org setting enableNegativePointBalance. Default: the org's."),
};

const QualifyingCurrency = z
  .strictObject({
    name: CurrencyName,
    type: z.literal('Qualifying').describe('Qualifying: points that decide the tier.'),
    ...currencyFields,
    tierGroup: RecordName.optional().describe('Name from tierGroups. Default: the only one.'),
  })
  .describe('Tier points. They belong to a tier group, and are reset with it.');

const Expiry = z.strictObject({
  model: z
    .enum(['Activity', 'Fixed'])
    .describe("Fixed: a period after they were earned. Activity: a period after the member's last activity."),
  after: z.int().positive().describe('Length of the period.'),
  unit: z.enum(['Days', 'Months', 'Years']).describe('Unit of the period.'),
  tillEndOfMonth: z
    .boolean()
    .default(false)
    .describe('Whether points live until the end of the month in which the period ends. Default: false.'),
});

const NonQualifyingCurrency = z
  .strictObject({
    name: CurrencyName,
    type: z.literal('NonQualifying').describe('NonQualifying: points that members spend.'),
    ...currencyFields,
    expiry: z.union([z.literal('never'), Expiry]).describe('When points expire: never, or after a period.'),
    escrow: z
      .boolean()
      .optional()
      .describe("Whether points wait for the escrowDays of the program before they can be spent. Default: the org's."),
    ledgerTracing: z
      .boolean()
      .optional()
      .describe("Whether the org keeps which credit paid for which debit. Needs API 61. Default: the org's."),
  })
  .describe('Points that members spend.');

export const Currency = z
  .discriminatedUnion('type', [QualifyingCurrency, NonQualifyingCurrency])
  .describe('A kind of points.');
export type Currency = z.output<typeof Currency>;
