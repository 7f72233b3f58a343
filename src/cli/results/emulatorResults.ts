import { z } from 'zod';

export const EmulatorStartResult = z.object({
  url: z.string(),
  token: z.string(),
  pid: z.number().int(),
  alias: z.string().optional(),
  /** The example program and its members, where they were asked for. */
  example: z.object({ program: z.string(), members: z.array(z.string()) }).optional(),
});
export type EmulatorStartResult = z.infer<typeof EmulatorStartResult>;

export const EmulatorStopResult = z.object({ url: z.string(), pid: z.number().int() });
export type EmulatorStopResult = z.infer<typeof EmulatorStopResult>;

export const EmulatorSaveResult = z.object({ url: z.string(), file: z.string(), bytes: z.number().int() });
export type EmulatorSaveResult = z.infer<typeof EmulatorSaveResult>;
