import { z } from 'zod';
import { planActions } from '../../program/index.js';
import { countsOf } from './recordShapes.js';

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

/** `planned`: nothing was written. `done`: it is in the org now. `unchanged`: nothing had to be done. */
export const createdStatuses = ['planned', 'done', 'unchanged'] as const;

export const CreateProgramResult = z.object({
  program: z.string(),
  /** Null as long as the org does not have the program. */
  programId: z.string().nullable(),
  /** Everything that the definition asks for, in the order in which it is written. */
  records: z.array(
    z.object({
      /** Name of the record; of a member, the number; of an opening balance, the number of its journal. */
      key: z.string(),
      object: z.string(),
      action: z.enum(planActions),
      status: z.enum(createdStatuses),
      id: z.string().optional(),
      /** What is written. Records that a reference leads to are named. */
      fields: z.array(z.object({ field: z.string(), from: value, to: value })),
      /** Why it cannot be, or is left although it differs, and what to do. */
      reason: z.string().optional(),
      /** Where the definition asks for what cannot be. Lines and columns begin with 1. */
      place: z.object({ file: z.string(), line: z.int(), column: z.int() }).optional(),
    }),
  ),
  /** By action. */
  counts: countsOf(planActions),
  /** In the program, but not in the definition: they stay as they are. */
  untouched: z.array(z.object({ key: z.string(), object: z.string(), id: z.string() })),
});
export type CreateProgramResult = z.infer<typeof CreateProgramResult>;

export const GenerateProgramResult = z.object({
  template: z.string(),
  /** `kept`: a file was there, and the person who was asked did not want to replace it. */
  status: z.enum(['written', 'printed', 'kept']),
  /** Absent if the definition went to standard output. */
  file: z.string().optional(),
  schemaFile: z.string().optional(),
  /** The definition as YAML, unless there is a file. */
  text: z.string().optional(),
});
export type GenerateProgramResult = z.infer<typeof GenerateProgramResult>;
