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
  /** Requests that it has sent for the active worker while it was a standby. */
  sentForOthers: wholeCount,
  /** Feeds of its source that cannot be read, also those that an earlier worker could not. They wait for a person. */
  feedsRefused: wholeCount,
  /** Feeds of its source that it has left to a newer build of the plugin, because it does not understand their mappings. */
  feedsLeft: wholeCount,
  /** The run that it has ended. Null if it ended as a standby. */
  report: SyncResult.nullable(),
});
export type SyncWorkerResult = z.infer<typeof SyncWorkerResult>;
