import { z } from 'zod';
import { ExplainedProcess } from '../../rules/explained/explainedShapes.js';
import { WhyNot } from '../../rules/explained/whyNot.js';
import { DifferenceResult } from './differenceResults.js';
import { countsOf, RecordError, wholeCount } from './recordShapes.js';

const text = z.string().nullable();
const amount = z.number().nullable();

/** `failed`: a rule fails, so an execution would fail, too. `unmatched`: no process matches. */
export const simulationStatuses = ['simulated', 'failed', 'unmatched'] as const;

const Rewards = z.object({
  /** Null for the rules that belong to no promotion. */
  promotion: text,
  points: z.array(
    z.object({
      currency: z.string(),
      /** Signed. */
      points: z.number(),
      /** Signed: points that go into escrow first. */
      escrow: z.number(),
    }),
  ),
  /** Uses of a cumulative promotion after it. */
  uses: z.array(
    z.object({
      promotion: z.string(),
      completed: z.number(),
      /** Null if the promotion has none, and for journals that are given by Id. */
      target: amount,
    }),
  ),
  vouchers: z.array(
    z.object({ definition: text, code: text, faceValue: amount, discountPercent: amount, expiryDate: text }),
  ),
  /** With the last day. An org does not say which badges a simulation would give: then they are other actions. */
  badges: z.array(z.object({ badge: z.string(), endDate: text })),
  /** Types of other actions that would run. */
  otherActions: z.array(z.string()),
  /** What the org says about rules that fail. */
  failures: z.array(z.string()),
});

const FileTransaction = z.object({
  file: z.string(),
  line: z.number(),
  /** Idempotency key. */
  key: z.string(),
  member: z.string(),
  activityDate: z.string(),
  type: text,
  subtype: text,
  /** As text, which is exact. */
  amount: text,
});

const MemberTotals = z.object({
  member: z.string(),
  points: z.array(
    z.object({
      currency: z.string(),
      before: z.number(),
      after: z.number(),
      /** Signed. */
      change: z.number(),
      /** Signed: the change of points in escrow. */
      escrow: z.number(),
    }),
  ),
  tiers: z.array(z.object({ group: z.string(), before: text, after: text })),
  progress: z.array(z.object({ promotion: z.string(), before: z.number(), after: z.number(), target: amount })),
  /** Vouchers that are new, or whose status is. */
  vouchers: z.array(z.object({ definition: z.string(), code: z.string(), faceValue: amount, status: z.string() })),
  /** Badges that are new, with their last days. */
  badges: z.array(z.object({ badge: z.string(), endDate: text })),
});
export type MemberTotals = z.infer<typeof MemberTotals>;

const Totals = z.object({
  /** Rows that are no transactions. */
  rejected: z.array(z.object({ file: z.string(), line: z.number(), reason: z.string(), message: z.string() })),
  /** Transactions whose key an earlier one has, which were left out. */
  repeated: z.number(),
  /** Members who were enrolled because the file names them. */
  enrolled: z.number(),
  /** Sums of the changes of all members. */
  points: z.array(z.object({ currency: z.string(), change: z.number(), escrow: z.number() })),
  vouchers: z.array(z.object({ definition: z.string(), count: z.number() })),
  badges: z.array(z.object({ badge: z.string(), count: z.number() })),
  /** What has changed, for each member of the file. */
  members: z.array(MemberTotals),
});
export type SimulationTotals = z.infer<typeof Totals>;

export const SimulateTransactionsResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number of a new transaction, or Id of a journal. */
      key: z.string(),
      status: z.enum(simulationStatuses),
      process: text,
      /** First the rules that belong to no promotion, then each promotion that gives something or fails. */
      rewards: z.array(Rewards),
      /** Every rule, in order. Statuses as in the org: `Success`, `CriteriaNotMet`, `Failed`. */
      rules: z.array(z.object({ rule: text, promotion: text, status: text })),
      error: RecordError.optional(),
      /** Of a transaction of a file. */
      transaction: FileTransaction.optional(),
      /** What the rules did, step by step: with `--source`. Null if the request was refused before any rule ran. */
      explained: ExplainedProcess.nullable().optional(),
      /** Why a promotion gave nothing: with `--why-not`. */
      whyNot: WhyNot.nullable().optional(),
    }),
  ),
  counts: countsOf(simulationStatuses),
  /** With `--source`: what became of the file, and of the members that it names. */
  totals: Totals.optional(),
  /** With `--diff`: what the other version of the rules would change. The records are those of `--source`. */
  difference: DifferenceResult.optional(),
  /** With `--save`: what became of the file of cases. */
  saved: z
    .object({
      file: z.string(),
      /** `kept`: the existing file was not to be replaced, or no case passes. */
      status: z.enum(['written', 'kept']),
      /** How many cases were written. */
      cases: wholeCount,
      /** Members without a case, because it would not pass. */
      leftOut: z.array(z.object({ member: z.string(), reason: z.string() })),
    })
    .optional(),
});
export type SimulateTransactionsResult = z.infer<typeof SimulateTransactionsResult>;
