import { z } from 'zod';

/**
 * The task of a machine: mirror a feed from its own outbox. The job contains everything; the machine reads nothing from
 * its surroundings.
 */
export const Job = z.object({
  orgUrl: z.string(),
  feed: z.string(),
  outbox: z.string(),
  /** Speed of the story's clock: see FastClock. */
  speed: z.number(),
  origin: z.number(),
  shift: z.number().default(0),
  settle: z.number(),
  uniqueField: z.string().optional(),
  takeOver: z.boolean().default(false),
  /** Continues the latest run of the outbox, if it has one, instead of starting a new one. */
  resumes: z.boolean().default(false),
});
export type Job = z.infer<typeof Job>;

/** How the work of a machine ended, if it could still report it. */
export const Ending = z.object({
  /** The ending in the report, or the name of the thrown error. */
  how: z.string(),
  code: z.string().optional(),
  message: z.string().optional(),
  notes: z.array(z.string()),
  /** Keys that the report lists as twice in the org. */
  doubled: z.array(z.string()),
});
export type Ending = z.infer<typeof Ending>;

export type News = 'sending' | Ending;
