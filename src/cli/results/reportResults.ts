import { z } from 'zod';
import { goalStates, measureKeys, measureUnits } from '../../insight/index.js';
import { wholeCount } from './recordShapes.js';

const day = z.string().describe('yyyy-MM-dd, in the time zone of the org');
const period = z.object({ from: day, to: day });
const share = z.number().describe('From 0 to 1');

const Measure = z.object({
  key: z.enum(measureKeys),
  label: z.string(),
  unit: z.enum(measureUnits),
  /** How it is computed. */
  meaning: z.string(),
  /** Null where the number has no meaning, such as a share of nothing. */
  value: z.number().nullable(),
  /** The same for the period before. */
  previous: z.number().nullable(),
});

const Goal = z.object({
  title: z.string(),
  measure: z.enum(measureKeys),
  unit: z.enum(measureUnits),
  number: z.number(),
  atMost: z.boolean().describe('Whether the number is a limit that should not be exceeded'),
  from: day,
  date: day,
  asOf: day.describe('The day of the value: the last one of the report, or the date of the goal if that is earlier'),
  value: z.number().nullable().describe('The measure of the days from the first one to asOf'),
  expected: z.number().nullable().describe('What the value would be on a straight line to the number'),
  state: z.enum(goalStates),
});

const perMember = z.number().nullable().describe('By members of the group. Null for a group without members');
const EventSpan = z
  .object({
    purchases: wholeCount,
    revenue: z.number(),
    pointsIssued: z.number().nullable(),
    purchasesPerMember: perMember,
    revenuePerMember: perMember,
    pointsPerMember: perMember,
  })
  .nullable()
  .describe('Null if these days are not over');
const EventGroup = z.object({ members: wholeCount, before: EventSpan, during: EventSpan, after: EventSpan });
const Event = z.object({
  name: z.string(),
  promotion: z.string().nullable().describe('Who had enrolled in it took part'),
  journalType: z.string().nullable().describe('Who had a transaction of this type took part'),
  before: period,
  during: period,
  after: period,
  tookPart: EventGroup,
  others: EventGroup,
  caveat: z.string(),
});

export const ReportProgramResult = z.object({
  program: z.string(),
  period,
  previous: period,
  /** The currency that points are counted in. */
  currency: z.string().nullable(),
  measures: z.array(Measure),
  /** With `--by`. */
  groups: z.array(z.object({ group: z.string(), measures: z.array(Measure) })),
  months: z
    .array(
      z.object({
        month: z.string().describe('yyyy-MM'),
        newMembers: wholeCount,
        activeMembers: wholeCount,
        purchases: wholeCount,
        revenue: z.number(),
        pointsIssued: z.number().nullable(),
        pointsRedeemed: z.number().nullable(),
        pointsExpired: z.number().nullable(),
        pointsOutstanding: z.number().nullable().describe('At the end of the month'),
      }),
    )
    .describe('The twelve months up to the last day'),
  tiers: z.array(
    z.object({
      group: z.string(),
      tier: z.string(),
      members: wholeCount,
      up: wholeCount,
      down: wholeCount,
      first: wholeCount,
    }),
  ),
  cohorts: z.array(z.object({ month: z.string(), members: wholeCount, retained: z.array(share) })),
  promotions: z.array(
    z.object({
      promotion: z.string(),
      type: z.string().nullable(),
      enrolled: wholeCount,
      enrolledInPeriod: wholeCount,
      completed: wholeCount.nullable(),
      vouchersInPeriod: wholeCount,
      medianDays: wholeCount.nullable(),
    }),
  ),
  vouchers: z.array(
    z.object({
      definition: z.string(),
      issued: wholeCount,
      used: wholeCount,
      expired: wholeCount,
      canceled: wholeCount,
    }),
  ),
  /** With `--goals`. */
  goals: z.array(Goal),
  /** With `--event` or `--events`. */
  events: z.array(Event),
  page: z.string().nullable().describe('File of the page. Null without --html'),
  /** Records that were read from the org for it, and the API calls that were planned. */
  reading: z.object({ rows: wholeCount, calls: wholeCount }),
});
export type ReportProgramResult = z.infer<typeof ReportProgramResult>;
