import { z } from 'zod';
import { RecordName } from './commonShapes.js';

const currencyFields = {
  name: RecordName,
  active: z.boolean().default(true),
  /** The currency that automation credits and debits if a program has several. */
  primary: z.boolean().default(false),
  /** Needs API 61 and the org setting `enableNegativePointBalance`. Default: the org's. */
  allowNegativeBalance: z.boolean().optional(),
};

/** Tier points. They belong to a tier group, and are reset with it. */
const QualifyingCurrency = z.strictObject({
  ...currencyFields,
  type: z.literal('Qualifying'),
  /** Name from `tierGroups`. Default: the only one. */
  tierGroup: RecordName.optional(),
});

/** `Fixed`: a period after they were earned. `Activity`: a period after the member's last activity. */
const Expiry = z.strictObject({
  model: z.enum(['Activity', 'Fixed']),
  after: z.int().positive(),
  unit: z.enum(['Days', 'Months', 'Years']),
  tillEndOfMonth: z.boolean().default(false),
});

/** Points that members spend. */
const NonQualifyingCurrency = z.strictObject({
  ...currencyFields,
  type: z.literal('NonQualifying'),
  expiry: z.union([z.literal('never'), Expiry]),
  /** Points wait for the `escrowDays` of the program before they can be spent. */
  escrow: z.boolean().optional(),
  /** Whether the org keeps which credit paid for which debit. Needs API 61. */
  ledgerTracing: z.boolean().optional(),
});

export const Currency = z.discriminatedUnion('type', [QualifyingCurrency, NonQualifyingCurrency]);
export type Currency = z.output<typeof Currency>;
