import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';
import type { ProgramDefinition, ProgramDefinitionInput } from './programDefinition.js';
import { ProgramShape } from './programShape.js';
import { formsOf } from '../../base/shapes/shapeForms.js';

/**
 * Returns a definition as YAML or JSON. The same definition gives the same bytes: keys are in the order of their shape, defaults
 * are left out, and lists keep their order. Texts that any version of YAML reads as a number, a date or a flag are
 * quoted.
 */
export function writeDefinition(
  definition: ProgramDefinition | ProgramDefinitionInput,
  format: 'yaml' | 'json' = 'yaml',
): string {
  const written = inOrder(ProgramShape, definition);
  if (format === 'json') return `${JSON.stringify(written, null, 2)}\n`;
  return stringify(written, {
    compat: 'yaml-1.1',
    singleQuote: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function inOrder(shape: z.ZodType, value: unknown): unknown {
  const forms = formsOf(shape);
  const form = forms.length === 1 ? forms[0] : forms.find((each) => each.safeParse(value).success);
  if (form instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item: unknown) => inOrder(form.element as z.ZodType, item));
  }
  if (!(form instanceof z.ZodObject) || !isJsonObject(value)) return value;
  const keys = Object.entries<z.ZodType>(form.shape);
  const given = keys.filter(([key, part]) => value[key] !== undefined && !isDefault(part, value[key]));
  return Object.fromEntries(given.map(([key, part]) => [key, inOrder(part, value[key])]));
}

function isDefault(shape: z.ZodType, value: unknown): boolean {
  return shape instanceof z.ZodDefault && isDeepStrictEqual(shape.def.defaultValue, value);
}
