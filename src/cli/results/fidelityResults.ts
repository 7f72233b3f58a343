import { z } from 'zod';
import { countsOf } from './recordShapes.js';

/** `held`: as assumed. `differs`: the org does otherwise. `unclear`: it could not be told, and why. */
export const fidelityStatuses = ['held', 'differs', 'unclear'] as const;

/** What `verify fidelity` found out. Made to be attached to a bug report: nothing of the org's own data is in it. */
export const VerifyFidelityResult = z.object({
  apiVersion: z.string(),
  /** The program that the probes made for themselves, where they needed one. */
  program: z.string().optional(),
  records: z.array(
    z.object({
      /** The probe, as the last column of docs/fidelity.md names it. */
      key: z.string(),
      status: z.enum(fidelityStatuses),
      assumption: z.string(),
      /** Codes, counts and types that the org answered, where they differ. */
      seen: z.string().optional(),
      /** Why it cannot be told. */
      reason: z.string().optional(),
    }),
  ),
  counts: countsOf(fidelityStatuses),
  /** What the probes made and the org did not let them delete. */
  left: z.array(z.object({ object: z.string(), id: z.string() })),
});
export type VerifyFidelityResult = z.infer<typeof VerifyFidelityResult>;
