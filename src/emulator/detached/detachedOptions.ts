import { z } from 'zod';
import { FaultPlan } from '../faults/index.js';

/** Options of an org in a separate process. They can be written as JSON. */
export const DetachedOptions = z.object({
  port: z.number().int().optional(),
  host: z.string().optional(),
  dataDir: z.string().optional(),
  from: z.string().optional(),
  strictAuth: z.boolean().optional(),
  username: z.string().optional(),
  source: z.union([z.string(), z.array(z.string())]).optional(),
  answerFlowsEmpty: z.boolean().optional(),
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

/** The message from the org's process: that it listens, or why it cannot start. */
export const DetachedMessage = z.union([
  z.object({ url: z.string(), accessToken: z.string(), pid: z.number(), warnings: z.array(z.string()) }),
  z.object({
    error: z.object({ name: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
  }),
]);
export type DetachedMessage = z.infer<typeof DetachedMessage>;
