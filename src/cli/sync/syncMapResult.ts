import { z } from 'zod';
import { RejectionReason, fileFormats } from '../../sync/index.js';
import { wholeCount } from '../results/recordShapes.js';

export const SyncMapResult = z.object({
  /** Path of the mapping file. Absent if it went to standard output. */
  file: z.string().optional(),
  format: z.enum(fileFormats),
  /** The mapping file. */
  mapping: z.string(),
  /** What was assumed, and should be looked at. */
  assumed: z.array(z.string()),
  /** What only a person can say. As long as there is anything, the mapping cannot be used. */
  open: z.array(z.string()),
  /** Rows of the sample that were read with the mapping. */
  rows: wholeCount,
  rejected: wholeCount,
  /** The first rejection of each reason. */
  rejections: z.array(z.object({ reason: RejectionReason, line: z.number().int(), message: z.string() })),
});
export type SyncMapResult = z.infer<typeof SyncMapResult>;
