import { z } from 'zod';
import { wholeCount } from './recordShapes.js';

export const ExportProgressResult = z.object({
  program: z.string(),
  /** Path of the file. Absent if the rows went to standard output. */
  file: z.string().optional(),
  format: z.enum(['csv', 'ndjson']),
  /**
   * `near`: members and rewards they are near to; `earlier`: those of them in the file of `--since`, who were near at the last run; `unwilling`: those who
   * do not receive promotions, with `--only-consenting`; `written`: the others.
   */
  counts: z.object({ near: wholeCount, earlier: wholeCount, unwilling: wholeCount, written: wholeCount }),
});
export type ExportProgressResult = z.infer<typeof ExportProgressResult>;
