import { z } from 'zod';
import { keyedRecords } from './recordShapes.js';

/** What was moved in one currency, and what the member has now. Empty if the org does not tell. */
export const MovedBalances = z.array(
  z.object({
    currency: z.string(),
    /** Negative for points that were taken. */
    change: z.number(),
    balance: z.number().nullable(),
  }),
);

const movedPoints = { member: z.string(), points: z.number(), balances: MovedBalances };

export const CreditPointsResult = keyedRecords(movedPoints);
export type CreditPointsResult = z.infer<typeof CreditPointsResult>;

export const DebitPointsResult = keyedRecords(movedPoints);
export type DebitPointsResult = z.infer<typeof DebitPointsResult>;

export const AdjustPointsResult = keyedRecords({
  ...movedPoints,
  type: z.enum(['credit', 'debit']),
  /** Id of the journal of the adjustment; null if there is none, or the org did not tell. */
  journalId: z.string().nullable(),
});
export type AdjustPointsResult = z.infer<typeof AdjustPointsResult>;

export const TransferPointsResult = keyedRecords({
  /** Who gives. */
  member: z.string(),
  /** Who receives; null for the groups of the member. */
  to: z.string().nullable(),
  /** Null for the groups, whose share the org computes. */
  points: z.number().nullable(),
  /** Id of the journal that has taken the points, or of the accrual that is shared with groups. */
  journalId: z.string().nullable(),
  /** Of the member who gives. */
  balances: MovedBalances,
});
export type TransferPointsResult = z.infer<typeof TransferPointsResult>;

export const CancelTransactionResult = keyedRecords({
  /** External transaction number of what is cancelled, or else the org's number. */
  transaction: z.string(),
  journalId: z.string(),
  member: z.string(),
  type: z.enum(['Accrual', 'Redemption']),
  /** Id of the journal that cancels it; null if there is none, or the org does not tell. */
  cancellationId: z.string().nullable(),
  /** What the cancellation has moved. */
  balances: MovedBalances,
});
export type CancelTransactionResult = z.infer<typeof CancelTransactionResult>;
