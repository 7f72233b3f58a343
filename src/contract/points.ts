import { z } from 'zod';
import { TransactionJournalInput } from './realtime.js';

/** Parameters of a process of type CreditPointsToMembers, as in its template. Guide: "Credit Points to Members". */
export const CreditPointsParameters = z.object({
  TransactionJournal: TransactionJournalInput,
  PointsToCredit: z.number().positive(),
});
export type CreditPointsParameters = z.infer<typeof CreditPointsParameters>;

export const CreditPointsResult = z.looseObject({ PointsCredited: z.coerce.number().optional() });
