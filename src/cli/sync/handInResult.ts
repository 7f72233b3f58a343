import { z } from 'zod';
import { wholeCount } from '../results/recordShapes.js';

/** What `sync serve --json` prints of a shared outbox, into whose inbox it has handed in. */
export const HandInResult = z.object({
  outbox: z.string(),
  program: z.string(),
  source: z.string(),
  /** Transactions that this process has stored in the inbox. */
  stored: wholeCount,
  /** Transactions in the inbox, from all machines, at the last look. They wait for a worker. */
  waits: wholeCount,
});
export type HandInResult = z.infer<typeof HandInResult>;
