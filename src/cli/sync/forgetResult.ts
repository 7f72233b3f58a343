import { z } from 'zod';

/** What `--json` prints of `sync forget`. */
export const SyncForgetResult = z.object({
  outbox: z.string(),
  member: z.string(),
  /** `kept`: a person said no. `unknownMember`: neither the outbox nor a results file names the member. */
  status: z.enum(['erased', 'kept', 'unknownMember']),
  /** Whether something was erased. */
  forgotten: z.boolean(),
  /** Transactions and single calls that were erased. */
  transactions: z.number().int(),
  /** Other rows and sentences that named the member and were erased. */
  texts: z.number().int(),
  /** Folder with the results files of earlier runs. */
  results: z.string(),
  /** Results files that name the member and are not deleted: the first 100. */
  files: z.array(z.string()),
  filesLeftOut: z.number().int(),
});
export type SyncForgetResult = z.infer<typeof SyncForgetResult>;
