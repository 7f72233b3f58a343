import { z } from 'zod';

/** What a machine is to do: mirror a feed from its own outbox. Everything is told, nothing is taken from where it runs. */
export const Job = z.object({
  orgUrl: z.string(),
  feed: z.string(),
  outbox: z.string(),
  /** The clock of the story, see FastClock. */
  speed: z.number(),
  origin: z.number(),
  shift: z.number().default(0),
  settle: z.number(),
  uniqueField: z.string().optional(),
  takeOver: z.boolean().default(false),
  /** Goes on with the latest run of the outbox, if it has one, instead of beginning one. */
  resumes: z.boolean().default(false),
});
export type Job = z.infer<typeof Job>;

/** How the work of a machine ended, as far as it could still say. */
export const Ending = z.object({
  /** Of the report, or the name of what was thrown. */
  how: z.string(),
  code: z.string().optional(),
  message: z.string().optional(),
  notes: z.array(z.string()),
  /** Keys that the report names as twice in the org. */
  doubled: z.array(z.string()),
});
export type Ending = z.infer<typeof Ending>;

export type News = 'sending' | Ending;
