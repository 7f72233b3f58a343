import { z } from 'zod';
import { countsOf } from './recordShapes.js';

/** `held`: as assumed. `differs`: the org behaves differently. `unclear`: the probe could not tell, with a reason. */
export const fidelityStatuses = ['held', 'differs', 'unclear'] as const;

/**
 * The result of `verify fidelity`. It is meant to be attached to a bug report, so it contains none of the org's own
 * data.
 */
export const VerifyFidelityResult = z.object({
  apiVersion: z.string(),
  /** The program that the probes created, if they needed one. */
  program: z.string().optional(),
  records: z.array(
    z.object({
      /** The probe, as the last column of docs/fidelity.md names it. */
      key: z.string(),
      status: z.enum(fidelityStatuses),
      assumption: z.string(),
      /** Codes, counts and types that the org returned, if they differ. */
      seen: z.string().optional(),
      /** Why the probe could not tell. */
      reason: z.string().optional(),
    }),
  ),
  counts: countsOf(fidelityStatuses),
  /** What the probes made and the org did not let them delete. */
  left: z.array(z.object({ object: z.string(), id: z.string() })),
});
export type VerifyFidelityResult = z.infer<typeof VerifyFidelityResult>;
