import { z } from 'zod';

/** What `sync start` stores with a run, so that `sync resume` can open the same feeds again. */
export const SyncSettings = z.object({
  program: z.string(),
  source: z.string(),
  /** Absolute paths; `-` is the standard input, which cannot be read again. */
  files: z.array(z.string()),
  /** The mapping file as it was when the run started: a change to it must not change keys in the middle of a run. */
  mapping: z.object({ name: z.string(), text: z.string() }),
});
export type SyncSettings = z.infer<typeof SyncSettings>;
