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
