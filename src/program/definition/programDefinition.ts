import type { z } from 'zod';
import { definitionIssues } from './definitionIssues.js';
import { ProgramShape } from './programShape.js';

/** A loyalty program as code: its set-up, and the members that it begins with. */
export const ProgramDefinition = ProgramShape.superRefine((program, context) => {
  for (const { path, message } of definitionIssues(program))
    context.addIssue({ code: 'custom', path: [...path], message });
}).describe('A loyalty program as code.');

/** A validated definition with its defaults. */
export type ProgramDefinition = z.infer<typeof ProgramDefinition>;
/** A definition as written by its author. */
export type ProgramDefinitionInput = z.input<typeof ProgramDefinition>;
