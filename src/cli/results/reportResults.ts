import { z } from 'zod';
import { measureKeys } from '../../insight/index.js';
import { wholeCount } from './recordShapes.js';

const day = z.string().describe('yyyy-MM-dd, in the time zone of the org');
const period = z.object({ from: day, to: day });
const share = z.number().describe('From 0 to 1');

const Measure = z.object({
  key: z.enum(measureKeys),
  label: z.string(),
  unit: z.enum(['members', 'points', 'money', 'share', 'times', 'vouchers', 'purchases']),
  /** How it is computed. */
  meaning: z.string(),
  /** Null where the number has no meaning, such as a share of nothing. */
  value: z.number().nullable(),
  /** The same for the period before. */
  previous: z.number().nullable(),
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
  /** Records that were read from the org for it, and the API calls that were planned. */
  reading: z.object({ rows: wholeCount, calls: wholeCount }),
});
export type ReportProgramResult = z.infer<typeof ReportProgramResult>;
