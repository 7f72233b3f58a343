import { z } from 'zod';
import { wholeCount } from '../results/recordShapes.js';

/** What `sync start --intake-only --json` prints. */
export const FilesHandedIn = z.object({
  outbox: z.string(),
  program: z.string(),
  source: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      /** Its number in the outbox: files are read in this order. */
      number: wholeCount,
      /** False if the same file with the same mapping waits already. It waits once. */
      isNew: z.boolean(),
      /** Numbers of the files that no worker could read, and that it has replaced. */
      replaced: z.array(wholeCount),
      bytes: wholeCount,
      rows: wholeCount,
      /** Rows that cannot become transactions. */
      rejected: wholeCount,
      /** Why the first of them cannot. Null if there is none. */
      firstRejection: z.object({ line: wholeCount, message: z.string() }).nullable(),
    }),
  ),
});
export type FilesHandedIn = z.infer<typeof FilesHandedIn>;
