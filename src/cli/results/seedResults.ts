import { z } from 'zod';
import { seedStatuses } from '../../seed/index.js';
import { SyncResult } from '../sync/syncResult.js';
import { enrollStatuses } from './memberResults.js';
import { CreateProgramResult } from './programResults.js';
import { countsOf, RecordError, wholeCount } from './recordShapes.js';

const stage = {
  /** `absent`: the folder has nothing for it. `waiting`: it was not begun. */
  status: z.enum(seedStatuses),
  milliseconds: wholeCount,
  /** Why it failed. */
  error: RecordError.optional(),
};

export const SeedOrgResult = z.object({
  program: z.string(),
  folder: z.string(),
  /** With `--plan`, and if the seed was declined: what would be done to the program. */
  plan: CreateProgramResult.nullable(),
  /** Null if nothing was done. */
  stages: z
    .object({
      program: z.object({
        ...stage,
        objects: z.array(
          z.object({ object: z.string(), created: wholeCount, changed: wholeCount, unchanged: wholeCount }),
        ),
      }),
      members: z.object({
        ...stage,
        counts: countsOf(enrollStatuses),
        /** The first 1,000 members and rows that are not in the program. */
        problems: z.array(
          z.object({
            key: z.string(),
            line: z.number().int().optional(),
            status: z.enum(enrollStatuses),
            error: RecordError,
          }),
        ),
      }),
      history: z.object({
        ...stage,
        feeds: z.array(z.object({ feed: z.string(), rejected: wholeCount, refused: wholeCount })),
        /** As `sync start` returns it; null until the run has begun. */
        run: SyncResult.omit({ preview: true }).nullable(),
      }),
    })
    .nullable(),
  /** Folder with summary.md and junit.xml. */
  results: z.string().nullable(),
});
export type SeedOrgResult = z.infer<typeof SeedOrgResult>;
