import { z } from 'zod';

/** What `--json` prints of `sync probe`. */
export const SyncProbeResult = z.object({
  program: z.string(),
  /**
   * The best level that a run can have in this org: 0, 1 with the marker object, 2 with a unique field that is honored.
   */
  level: z.number().int(),
  /** Length of TransactionJournal.ExternalTransactionNumber. */
  numberLength: z.number().int(),
  markers: z.object({
    object: z.string(),
    state: z.enum(['present', 'absent', 'unusable']),
    issues: z.array(z.string()),
  }),
  uniqueField: z
    .object({
      field: z.string(),
      length: z.number().int(),
      /** Absent if nothing was sent. */
      outcome: z.enum(['honored', 'notHonored', 'unknown']).optional(),
      message: z.string().optional(),
      /** ExternalTransactionNumber of the journals that the probe sent. */
      number: z.string().optional(),
      /** Ids of the journals that it left in the org. */
      journals: z.array(z.string()),
    })
    .optional(),
  limits: z.object({
    callsLeft: z.number().int().nullable(),
    callsMax: z.number().int().nullable(),
    /** Number of requests longer than 20 seconds that the org can run at a time. */
    longRequests: z.number().int(),
  }),
  /** Seconds by which the org's clock is ahead of this machine's; null if the org does not return its time. */
  clockDifference: z.number().int().nullable(),
});
export type SyncProbeResult = z.infer<typeof SyncProbeResult>;
