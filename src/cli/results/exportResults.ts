import { z } from 'zod';
import { wholeCount } from './recordShapes.js';

export const ExportProgramResult = z.object({
  program: z.string(),
  /** `kept`: the file exists, and the person did not want it replaced. */
  status: z.enum(['printed', 'written', 'kept']),
  /** Null if the definition was printed. */
  file: z.string().nullable(),
  /** As in `schemas/program-definition.json`, with its defaults. */
  definition: z.looseObject({ name: z.string() }),
  /** What a definition cannot say. */
  notExported: z.array(
    z.object({
      object: z.string(),
      /** Name of the record, or its Id if it has none. */
      name: z.string(),
      /** Absent if the whole record is left out. */
      field: z.string().optional(),
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
      reason: z.string(),
    }),
  ),
  counts: z.object({ members: wholeCount, notExported: wholeCount }),
});
export type ExportProgramResult = z.infer<typeof ExportProgramResult>;
