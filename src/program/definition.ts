import type { z } from 'zod';
import { definitionIssues } from './definitionIssues.js';
import { ProgramShape } from './programShape.js';

/**
 * A loyalty program as code: what can be created with records alone. Benefits, vouchers and the rules of processes are
 * not in here yet.
 */
export const ProgramDefinition = ProgramShape.superRefine((program, context) => {
  for (const { path, message } of definitionIssues(program))
    context.addIssue({ code: 'custom', path: [...path], message });
}).describe('A loyalty program as code.');

/** A checked definition, with its defaults. */
export type ProgramDefinition = z.infer<typeof ProgramDefinition>;
/** A definition as it is written down. */
export type ProgramDefinitionInput = z.input<typeof ProgramDefinition>;
