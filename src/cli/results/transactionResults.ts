import { z } from 'zod';
import { listed } from './recordShapes.js';

const text = z.string().nullable();

export const TransactionRecord = z.object({
  /** Id of the TransactionJournal. */
  key: z.string(),
  /** Status of the journal as the org says it: `Pending`, `Processed`, `Cancelled`, `Error`. */
  status: text,
  /** Membership number. */
  member: z.string(),
  /** Number that the org gave to the journal. */
  number: text,
  activityDate: text,
  type: text,
  subtype: text,
  externalTransactionNumber: text,
  amount: z.number().nullable(),
  product: text,
  productCategory: text,
  /** Signed, by currency. Empty for a journal that moved no points. */
  points: z.array(z.object({ currency: text, points: z.number() })),
});
export type TransactionRecord = z.infer<typeof TransactionRecord>;

export const ListTransactionsResult = listed(TransactionRecord);
export type ListTransactionsResult = z.infer<typeof ListTransactionsResult>;
