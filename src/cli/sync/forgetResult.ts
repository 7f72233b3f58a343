import { z } from 'zod';

/** What `--json` prints of `sync forget`. */
export const SyncForgetResult = z.object({
  outbox: z.string(),
  member: z.string(),
  /** False if a person answered no. */
  forgotten: z.boolean(),
  /** Transactions that were erased. */
  transactions: z.number().int(),
});
export type SyncForgetResult = z.infer<typeof SyncForgetResult>;
