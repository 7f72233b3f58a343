import type { z } from 'zod';
import { isJsonObject, valueAt } from '../../base/jsonObject.js';
import { OrgRefusal, refused, UnreadableValue } from '../orgRefusal.js';
import { invalidInput } from './invalidInput.js';

/**
 * Reads a body, or a part of one, by its shape in the contract. Null and the empty text are no value: their keys count
 * as absent.
 *
 * @throws {OrgRefusal} 400: REQUIRED_FIELD_MISSING with all that is missing; JSON_PARSER_ERROR for an unknown key, a value
 *   of the wrong type, or one outside its enum. The codes are the platform's; that these resources use them is inferred.
 */
export function parseInput<T>(schema: z.ZodType<T>, given: unknown): T {
  const value = withoutEmpty(given);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const missing = issues.filter((issue) => valueAt(value, issue.path) === undefined);
  if (missing.length > 0) throw missingFields(missing.map((issue) => issue.path.join('.')));
  throw wrong(issues[0], value);
}

/**
 * Reads the parameters of a query string. Names are taken as they are written; parameters that the contract does not
 * know are left alone.
 *
 * @throws {OrgRefusal} 400 INVALID_API_INPUT with the parameter and its value
 */
export function parseQuery<T>(schema: z.ZodType<T>, given: URLSearchParams): T {
  const values = withoutEmpty(Object.fromEntries(given));
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const [name = ''] = result.error.issues[0]?.path ?? [];
  const value = given.get(String(name)) ?? '';
  throw invalidInput(`The parameter ${String(name)} cannot be "${value}".`);
}

export function missingFields(names: readonly string[]): OrgRefusal {
  return refused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

function wrong(issue: z.core.$ZodIssue | undefined, value: unknown): OrgRefusal {
  if (issue?.code === 'unrecognized_keys') {
    return new OrgRefusal(400, 'JSON_PARSER_ERROR', `Unrecognized field "${issue.keys.join('", "')}"`);
  }
  const path = issue?.path ?? [];
  const expected = issue?.code === 'invalid_type' ? issue.expected : 'value';
  return new UnreadableValue(expected, JSON.stringify(valueAt(value, path)), String(path.at(-1) ?? ''));
}

function withoutEmpty(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== '');
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]));
}
