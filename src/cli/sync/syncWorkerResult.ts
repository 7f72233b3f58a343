import { z } from 'zod';
import { wholeCount } from '../results/recordShapes.js';
import { SyncResult } from './syncResult.js';

export const SyncWorkerResult = z.object({
  host: z.string(),
  pid: wholeCount,
  /** How often it has begun to deliver. */
  timesActive: wholeCount,
  /** How often it has stopped because another worker took over, or the database was away. */
  timesReplaced: wholeCount,
  /** Feeds that were handed in and cannot be read. They wait until they are handed in again. */
  feedsRefused: wholeCount,
  /** The run that it has ended. Null if it ended as a standby. */
  report: SyncResult.nullable(),
});
export type SyncWorkerResult = z.infer<typeof SyncWorkerResult>;
