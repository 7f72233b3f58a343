import { z } from 'zod';
import { differenceStatuses } from '../../sync/index.js';
import { countsOf, wholeCount } from '../results/recordShapes.js';

/** What `--json` prints of `sync verify`. */
export const SyncVerifyResult = z.object({
  program: z.string(),
  outbox: z.string(),
  /** Id of the run to which the comparison was limited (`--run`). */
  run: z.string().optional(),
  /** Sources whose journals were compared. */
  sources: z.array(z.string()),
  /** File with every difference; null if there is none. */
  results: z.string().nullable(),
  /** What was compared. `feedRows` is absent if no feed was given. */
  compared: z.object({
    feedRows: wholeCount.optional(),
    transactions: wholeCount,
    journals: wholeCount,
  }),
  /**
   * Transactions whose content could not be compared, and journals that came meanwhile. If it is not 0, there may be
   * differences that nobody has seen; notes say why.
   */
  uncompared: wholeCount,
  /** Differences by status; docs/sync.md explains each. */
  counts: z.object({ total: wholeCount, ...countsOf(differenceStatuses).shape }),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  /** The first 1,000 differences. The results file has all of them. */
  records: z.array(
    z.object({
      /** Absent for a row that is no transaction. */
      key: z.string().optional(),
      status: z.enum(differenceStatuses),
      member: z.string().optional(),
      feed: z.string().optional(),
      line: z.number().int().optional(),
      /** Ids of the journals in the org. */
      journals: z.array(z.string()),
      expected: z.string().optional(),
      found: z.string().optional(),
      message: z.string(),
    }),
  ),
  recordsLeftOut: wholeCount,
});
export type SyncVerifyResult = z.infer<typeof SyncVerifyResult>;
