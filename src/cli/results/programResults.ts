import { z } from 'zod';

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
