import { z } from 'zod';
import { keyedRecords } from './recordShapes.js';

/** For a journal of the org, the key of the record is its Id. */
export const ExecuteTransactionsResult = keyedRecords({
  journalId: z.string().nullable(),
  /** Null if the answer of the org is not there: it was lost, or this is a repetition by another machine. */
  points: z
    .array(
      z.object({
        membershipNumber: z.string(),
        currency: z.string(),
        /** Signed. */
        points: z.number(),
        /** Signed: points that went into escrow. */
        escrow: z.number(),
        promotionId: z.string().nullable(),
        /** After it. */
        balance: z.number().nullable(),
      }),
    )
    .nullable(),
  /** Codes of the vouchers that were issued. */
  vouchers: z.array(z.string()),
});
export type ExecuteTransactionsResult = z.infer<typeof ExecuteTransactionsResult>;
