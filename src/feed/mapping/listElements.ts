import { isJsonObject } from '../../base/jsonObject.js';
import { JsonNumber } from '../../base/ndjson.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** A list that is longer is probably no list of journals, and each element needs a copy of its row. */
const mostElements = 1000;

/**
 * Returns the row once for each element of a list in it, with that element in the place of the list, or what is wrong
 * with the list, as a clause after its name. There are none if the list is absent.
 * @param path as in {@link nestedValue}: the key with exactly that name, or a path into nested objects
 */
export function rowPerElement(row: JsonObject, path: string): readonly JsonObject[] | { readonly issue: string } {
  const steps = Object.hasOwn(row, path) ? [path] : path.split('.');
  const list = steps.reduce<unknown>(
    (value, step) => (isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    row,
  );
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return { issue: 'is not a list, but each of its elements should become a journal' };
  if (list.length > mostElements)
    return { issue: `has ${list.length} elements, but at most ${mostElements} of a row become journals` };
  return list.map((element: unknown) => withElement(row, steps, element));
}

function withElement(row: JsonObject, [step = '', ...steps]: readonly string[], element: unknown): JsonObject {
  const inner = row[step];
  return { ...row, [step]: steps.length === 0 || !isJsonObject(inner) ? element : withElement(inner, steps, element) };
}

/** Returns a row as expressions see it. Numbers are floats there. */
export function rowAsJson(row: JsonObject): string {
  return JSON.stringify(row, (_key, value: unknown) => (value instanceof JsonNumber ? value.value : value));
}
