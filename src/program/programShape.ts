import { z } from 'zod';
import { ProcessType } from '../contract/endpoints/processEndpoints.js';

const Name = z.string().min(1).max(255);
const Day = z.iso.date();

const TierGroup = z.strictObject({
  name: Name,
  /** `Fixed`: periods are the same for all members. `Anniversary`: they count from each member's enrollment. */
  model: z.enum(['Fixed', 'Anniversary']).default('Fixed'),
  period: z.strictObject({ quantity: z.int().positive(), unit: z.enum(['Months', 'Years']) }),
  /** When qualifying points are reset to zero: on this day, and then at intervals of this number of years. */
  qualifyingPointsReset: z.strictObject({ date: Day, everyYears: z.int().positive().default(1) }),
  /** From the lowest to the highest. */
  tiers: z.array(
    z.strictObject({
      name: Name,
      /** Fewest qualifying points for the tier. It ends where the next one begins. */
      minimum: z.int().nonnegative(),
    }),
  ),
});

const currencyFields = {
  name: Name,
  /** The currency that automation credits and debits if a program has several. */
  primary: z.boolean().default(false),
  /** Needs API 61 and the org setting `enableNegativePointBalance`. Default: the org's. */
  allowNegativeBalance: z.boolean().optional(),
};

/** Tier points. They belong to the tier group, and are reset with it. */
const QualifyingCurrency = z.strictObject({ ...currencyFields, type: z.literal('Qualifying') });

/** Points that members spend and that expire. */
const NonQualifyingCurrency = z.strictObject({
  ...currencyFields,
  type: z.literal('NonQualifying'),
  expiry: z.strictObject({
    /** `Fixed`: a period after they were earned. `Activity`: a period after the member's last activity. */
    model: z.enum(['Activity', 'Fixed']),
    after: z.int().positive(),
    unit: z.enum(['Days', 'Months', 'Years']),
  }),
});

/** Journal types are shared by the whole org: programs use the same record for the same name. */
const JournalType = z.strictObject({ name: Name, subtypes: z.array(Name).default([]) });

const Promotion = z.strictObject({
  name: Name,
  type: z.enum(['Standard', 'Cumulative']),
  description: z.string().max(1000).optional(),
  startDate: Day,
  endDate: Day.optional(),
  /** `CumulativeUsageTarget`. Without it, a Cumulative promotion counts in engagement attributes. */
  target: z.int().positive().optional(),
  enrollmentRequired: z.boolean().default(false),
  enrollmentStartDate: Day.optional(),
  enrollmentEndDate: Day.optional(),
  /** Kind of journals that the promotion is for. */
  journalType: z.enum(['Accrual', 'Redemption']).optional(),
  /** The value of the reward and its maximum in total. The rules of a process decide whether it is given. */
  reward: z
    .strictObject({ points: z.int().positive(), currency: Name, maximum: z.int().positive().optional() })
    .optional(),
});

const Process = z.strictObject({
  /** Last part of the path that calls the program process. */
  name: Name,
  type: ProcessType,
  /**
   * Name of one of `journalTypes`. Required for a process of type TransactionJournal, and not allowed for any other.
   */
  journalType: Name.optional(),
});

/** The schema of a definition, before its parts are compared with each other. Days are `yyyy-MM-dd`. */
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
