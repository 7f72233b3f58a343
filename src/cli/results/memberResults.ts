import { z } from 'zod';
import { expiryDoubts, overviewParts } from '../../client/index.js';
import { ProgressRecord } from './progressResults.js';
import { countsOf, RecordError } from './recordShapes.js';

/** `open`: the org was not ready, and nothing of the member is in it. */
export const enrollStatuses = ['enrolled', 'exists', 'failed', 'unknown', 'open'] as const;

const enrolled = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: z.enum(enrollStatuses),
      memberId: z.string().optional(),
      /** Line in the input, where there is one. */
      line: z.number().int().optional(),
      error: RecordError.optional(),
    }),
  ),
  counts: countsOf(enrollStatuses),
});

export const EnrollMemberResult = enrolled;
export type EnrollMemberResult = z.infer<typeof EnrollMemberResult>;

export const EnrollCorporateResult = enrolled;
export type EnrollCorporateResult = z.infer<typeof EnrollCorporateResult>;

const text = z.string().nullable();
const amount = z.number().nullable();

const NextTierFields = z.object({
  tier: z.string(),
  /** Name of the qualifying currency that decides; null where the org does not say which. */
  currency: text,
  /** Balance from which a member is entitled to the tier. */
  minimum: amount,
  balance: amount,
  /** 0 when the balance is enough and the tier has not changed yet. */
  pointsToGo: amount,
});

export const DisplayMemberResult = z.object({
  program: z.string(),
  member: z.object({
    membershipNumber: z.string(),
    memberId: z.string(),
    name: text,
    status: text,
    type: text,
    enrollmentDate: text,
    lastActivityDate: text,
  }),
  tiers: z.array(
    z.object({
      tierGroup: text,
      /** Null in a group that the member has no tier of. */
      tier: text,
      effectiveDate: text,
      expirationDate: text,
      /** Null above the highest tier, and where the org does not tell the order of the tiers. */
      next: NextTierFields.nullable(),
      /** Null where the org does not tell the order of the tiers. */
      isHighest: z.boolean().nullable(),
    }),
  ),
  /** The clubs that the member is in now. */
  clubs: z.array(z.object({ club: z.string(), startDate: text, endDate: text })),
  currencies: z.array(
    z.object({
      currency: z.string(),
      /** `Qualifying` counts towards a tier, `NonQualifying` can be spent. */
      type: text,
      balance: z.number(),
      escrow: z.number(),
      accrued: z.number(),
      redeemed: z.number(),
      expired: z.number(),
      /** Points that expire next, as the member profile has them. */
      expiring: amount,
      /** When qualifying points are reset. */
      nextResetDate: text,
    }),
  ),
  /** With `--expiring`, otherwise null. */
  expiring: z
    .array(
      z.object({
        currency: z.string(),
        /** `Fixed`: each credit has its day. `Activity`: all points expire together. Null: the points do not expire. */
        model: text,
        balance: z.number(),
        /** Soonest first, those without a date last. */
        lots: z.array(z.object({ expirationDate: text, earnedDate: text, points: z.number() })),
        /** Points that are not part of the balance yet. */
        escrow: z.array(z.object({ untilDate: z.string(), points: z.number() })),
        /** When the org last expired points of the member. */
        lastRunDate: text,
        /**
         * Why this is an estimate. `order`: which credit a debit used; `unexplained`: no ledger row has a part of the
         * balance; `activity`: the last activity is unknown; `extension`: the org may give the member more time.
         */
        doubts: z.array(z.enum(expiryDoubts)),
      }),
    )
    .nullable(),
  benefits: z.array(
    z.object({
      benefit: text,
      type: text,
      description: text,
      status: text,
      isActive: z.boolean().nullable(),
      startDate: text,
      endDate: text,
    }),
  ),
  /** All of them, whatever their status, in the order of their expiry. */
  vouchers: z.array(
    z.object({
      voucherId: z.string(),
      code: text,
      voucher: text,
      type: text,
      status: text,
      faceValue: amount,
      remainingValue: amount,
      discountPercent: amount,
      currencyIsoCode: text,
      effectiveDate: text,
      expirationDate: text,
    }),
  ),
  /** As in `list progress`. */
  progress: z.array(ProgressRecord),
  /** Parts that the org refused to tell: they are empty above, and nothing follows from that. */
  gaps: z.array(RecordError.extend({ part: z.enum(overviewParts) })),
});
export type DisplayMemberResult = z.infer<typeof DisplayMemberResult>;
