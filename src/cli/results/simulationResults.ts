import { z } from 'zod';
import { countsOf, RecordError } from './recordShapes.js';

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
  /** Types of other actions that would run. */
  otherActions: z.array(z.string()),
  /** What the org says about rules that fail. */
  failures: z.array(z.string()),
});

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
    }),
  ),
  counts: countsOf(simulationStatuses),
});
export type SimulateTransactionsResult = z.infer<typeof SimulateTransactionsResult>;
