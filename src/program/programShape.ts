import { z } from 'zod';
import { ProcessType } from '../contract/endpoints/processEndpoints.js';

const Name = z.string().min(1).max(255);
const Day = z.iso.date();

const TierGroup = z.strictObject({
  name: Name,
  /** `Fixed`: periods are the same for all members. `Anniversary`: they count from each member's enrollment. */
  model: z.enum(['Fixed', 'Anniversary']).default('Fixed'),
  period: z.strictObject({ quantity: z.int().positive(), unit: z.enum(['Months', 'Years']) }),
  /** When qualifying points go back to zero: on this day, and then every so many years. */
  qualifyingPointsReset: z.strictObject({ date: Day, everyYears: z.int().positive().default(1) }),
  /** From the lowest to the highest. */
  tiers: z.array(
    z.strictObject({
      name: Name,
      /** Least qualifying points of the tier. It ends where the next one begins. */
      minimum: z.int().nonnegative(),
    }),
  ),
});

const currencyFields = {
  name: Name,
  /** Where automation credits and debits when a program has several currencies. */
  primary: z.boolean().default(false),
  /** API 61; needs the org setting `enableNegativePointBalance`. Left to the org unless given. */
  allowNegativeBalance: z.boolean().optional(),
};

/** Tier points: they belong to the tier group, and reset with it. */
const QualifyingCurrency = z.strictObject({ ...currencyFields, type: z.literal('Qualifying') });

/** Points that members spend, and that expire. */
const NonQualifyingCurrency = z.strictObject({
  ...currencyFields,
  type: z.literal('NonQualifying'),
  expiry: z.strictObject({
    /** `Fixed`: so long after they were earned. `Activity`: so long after the member's last activity. */
    model: z.enum(['Activity', 'Fixed']),
    after: z.int().positive(),
    unit: z.enum(['Days', 'Months', 'Years']),
  }),
});

/** Journal types are org-wide: programs share those that have the same name. */
const JournalType = z.strictObject({ name: Name, subtypes: z.array(Name).default([]) });

const Promotion = z.strictObject({
  name: Name,
  type: z.enum(['Standard', 'Cumulative']),
  description: z.string().max(1000).optional(),
  startDate: Day,
  endDate: Day.optional(),
  /** `CumulativeUsageTarget`. Without one, a Cumulative promotion counts in engagement attributes. */
  target: z.int().positive().optional(),
  enrollmentRequired: z.boolean().default(false),
  enrollmentStartDate: Day.optional(),
  enrollmentEndDate: Day.optional(),
  /** Kind of journals that it is for. */
  journalType: z.enum(['Accrual', 'Redemption']).optional(),
  /** What it is worth, and at most in all. That it is given is up to the rules of a process. */
  reward: z
    .strictObject({ points: z.int().positive(), currency: Name, maximum: z.int().positive().optional() })
    .optional(),
});

const Process = z.strictObject({
  /** Last part of the path by which a program process is called. */
  name: Name,
  type: ProcessType,
  /** Name of one of `journalTypes`; exactly the processes of type TransactionJournal have one. */
  journalType: Name.optional(),
});

/** The form of a definition, before its parts are held against each other. Days are `yyyy-MM-dd`. */
export const ProgramShape = z.strictObject({
  name: Name.regex(/[\p{L}\p{N}]/u, 'needs a letter or a digit'),
  description: z.string().max(1333).optional(),
  tierGroup: TierGroup.optional(),
  currencies: z.array(z.discriminatedUnion('type', [QualifyingCurrency, NonQualifyingCurrency])),
  journalTypes: z.array(JournalType).default([]),
  promotions: z.array(Promotion).default([]),
  processes: z.array(Process).default([]),
});
export type ProgramShape = z.infer<typeof ProgramShape>;
