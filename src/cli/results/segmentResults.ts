import { z } from 'zod';
import { SegmentDefinition } from '../../insight/index.js';
import { wholeCount } from './recordShapes.js';

const figures = {
  members: wholeCount,
  share: z.number().describe('Of all active members, from 0 to 1'),
  averageSpend: z.number().nullable().describe('Per member in the last 365 days'),
  purchaseFrequency: z.number().nullable().describe('Purchases per member in the last 365 days'),
  averageBalance: z.number().nullable().describe('Points per member'),
  redemptionRate: z.number().nullable().describe('Points redeemed by points earned in the last 365 days'),
};

const text = z.string().nullable();
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const ListedMember = z.object({
  /** Membership number. */
  key: z.string(),
  memberId: z.string(),
  /** By name, such as `daysSincePurchase`, or `purchases90` for those of 90 days. */
  features: z.record(z.string(), Value),
  /** Null without `--contact`, and for a member whom the org no longer has. */
  person: z
    .object({
      name: text,
      email: text,
      phone: text,
      canReceivePromotions: z.boolean(),
      /** With `--contact-field`. */
      fields: z.record(z.string(), Value),
    })
    .nullable(),
});

export const ListSegmentsResult = z.object({
  program: z.string(),
  day: z.string().describe('Day of the features: yyyy-MM-dd, in the time zone of the org'),
  /** The currency that points are counted in. */
  currency: text,
  /** All active members. */
  all: z.object(figures),
  records: z.array(
    z.object({
      /** Name of the segment. */
      key: z.string(),
      isBuiltIn: z.boolean(),
      definition: SegmentDefinition,
      ...figures,
    }),
  ),
  /** With `--segment`, up to `--limit`. Empty if they went to a file. */
  members: z.array(ListedMember),
  /** Path of the file that was written. */
  file: z.string().optional(),
  /**
   * `segments`: those that are listed; `members`: members of the segment of `--segment`; `unwilling`: those of them whom
   * `--only-consenting` left out; `listed`: those in `members` or in the file.
   */
  counts: z.object({ segments: wholeCount, members: wholeCount, unwilling: wholeCount, listed: wholeCount }),
  /** Records that were read from the org for it, and the API calls that were planned. */
  reading: z.object({ rows: wholeCount, calls: wholeCount }),
});
export type ListSegmentsResult = z.infer<typeof ListSegmentsResult>;
