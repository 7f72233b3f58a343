import { z } from 'zod';
import { absenceCodes } from '../../rules/explained/whyAbsent.js';
import { wholeCount } from './recordShapes.js';

const text = z.string().nullable();
const version = z.enum(['source', 'other']);

const Sums = z.array(
  z.object({
    currency: z.string(),
    /** Signed: what the other version gives more. */
    change: z.number(),
    /** Signed: how many points more go into escrow. */
    escrow: z.number(),
  }),
);

/** An action that changed something under one version only, or something else under each. */
const Through = z.object({
  /** Empty if the request was refused before any rule ran. So are the next two. */
  process: z.string(),
  rule: z.string(),
  step: z.string(),
  promotion: text,
  /** The version under which it changed something. */
  ranIn: z.enum(['source', 'other', 'both']),
  /** Why it did nothing under the other version. Null if it ran in both. */
  absence: z.object({ code: z.enum(absenceCodes), condition: text }).nullable(),
  /** What failed, if that is why. The action is then the one that failed. */
  failure: text,
  /** How often. */
  times: wholeCount,
  points: Sums,
});

/** Something that is counted, under both versions. */
const counted = { source: wholeCount, other: wholeCount };

const DifferenceOfMember = z.object({
  member: z.string(),
  points: z.array(
    z.object({
      currency: z.string(),
      /** Balances. */
      source: z.number(),
      other: z.number(),
      change: z.number(),
      escrow: z.number(),
    }),
  ),
  tiers: z.array(z.object({ group: z.string(), source: text, other: text })),
  /** Completed uses. */
  progress: z.array(z.object({ promotion: z.string(), source: z.number(), other: z.number() })),
  /** How many. Their codes do not count. */
  vouchers: z.array(
    z.object({ definition: z.string(), status: z.string(), faceValue: z.number().nullable(), ...counted }),
  ),
  badges: z.array(z.object({ badge: z.string(), ...counted })),
  through: z.array(Through),
});
export type DifferenceOfMember = z.infer<typeof DifferenceOfMember>;

/** What another version of the rules would change for the same feed. */
export const DifferenceResult = z.object({
  /** The folders with the two versions. */
  source: z.string(),
  other: z.string(),
  /** How many members were compared. */
  compared: wholeCount,
  /** Of all members. Signed. */
  points: Sums,
  vouchers: z.array(z.object({ definition: z.string(), change: wholeCount })),
  badges: z.array(z.object({ badge: z.string(), change: wholeCount })),
  /** Of all transactions. */
  through: z.array(Through),
  /** Only members who end differently. */
  members: z.array(DifferenceOfMember),
  /** Transactions whose request fails under one version only. */
  failures: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      key: z.string(),
      member: z.string(),
      failsIn: version,
      failure: z.string(),
    }),
  ),
});
export type DifferenceResult = z.infer<typeof DifferenceResult>;
export type DifferentAction = z.infer<typeof Through>;
