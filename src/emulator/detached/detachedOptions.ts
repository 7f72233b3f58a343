import { z } from 'zod';
import { FaultPlan } from '../faults/index.js';

/** Options of an org in a process of its own: what can be written as text. */
export const DetachedOptions = z.object({
  port: z.number().int().optional(),
  host: z.string().optional(),
  dataDir: z.string().optional(),
  from: z.string().optional(),
  strictAuth: z.boolean().optional(),
  username: z.string().optional(),
  source: z.union([z.string(), z.array(z.string())]).optional(),
  faults: FaultPlan.optional(),
  effects: z.boolean().optional(),
  settings: z
    .object({
      allowNegativeBalance: z.boolean().optional(),
      multiCurrency: z.boolean().optional(),
      realtimeHonorsUniqueFields: z.boolean().optional(),
    })
    .optional(),
});
export type DetachedOptions = z.infer<typeof DetachedOptions>;

/** What the process of the org says when it listens, or why it cannot. */
export const DetachedMessage = z.union([
  z.object({ url: z.string(), accessToken: z.string(), pid: z.number(), warnings: z.array(z.string()) }),
  z.object({
    error: z.object({ name: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
  }),
]);
export type DetachedMessage = z.infer<typeof DetachedMessage>;
