import { z } from 'zod';
import { listed } from './recordShapes.js';

const text = z.string().nullable();

export const TransactionRecord = z.object({
  /** Id of the TransactionJournal. Null where the transaction history (`--history`) does not say it. */
  key: text,
  /** Status of the journal as the org says it: `Pending`, `Processed`, `Cancelled`, `Error`. Null where it does not. */
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
  /** Signed, by currency. Empty for a journal that moved no points. Null with `--history`: the history has no points. */
  points: z.array(z.object({ currency: text, points: z.number() })).nullable(),
  /** With `--history`: all fields of the journal by API name, as the org has them. Null without it. */
  fields: z.record(z.string(), z.unknown()).nullable(),
});
export type TransactionRecord = z.infer<typeof TransactionRecord>;

export const ListTransactionsResult = listed(TransactionRecord);
export type ListTransactionsResult = z.infer<typeof ListTransactionsResult>;
