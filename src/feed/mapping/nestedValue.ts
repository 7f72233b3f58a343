import { isJsonObject } from '../../base/jsonObject.js';
import { JsonNumber } from '../../base/ndjson.js';

/**
 * The text of a value in a row of JSON (empty if there is no value), or why it has no text, as a clause after its name.
 */
export type NestedValue = { readonly text: string } | { readonly issue: string };

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Returns the scalar that a column names: the key with exactly that name, or else a path into nested objects, as in
 * `order.id`. If an object on the path is absent or null, the value is empty.
 */
export function nestedValue(row: JsonObject, column: string): NestedValue {
  if (Object.hasOwn(row, column)) return scalarOf(row[column], column);
  const steps = column.split('.');
  let value: unknown = row;
  for (const [index, step] of steps.entries()) {
    if (value === undefined || value === null) return { text: '' };
    if (!isObject(value)) return { issue: notAnObject(value, steps.slice(0, index).join('.'), step) };
    value = Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return scalarOf(value, column);
}

function scalarOf(value: unknown, path: string): NestedValue {
  if (value === undefined || value === null) return { text: '' };
  if (value instanceof JsonNumber) return { text: value.source };
  if (Array.isArray(value)) return { issue: 'is a list, but one value is needed' };
  if (isObject(value)) return { issue: objectIssue(value, path) };
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

const mostKeysInMessage = 5;

function objectIssue(value: JsonObject, path: string): string {
  const keys = Object.keys(value);
  const example = keys.find((key) => typeof value[key] !== 'object' || value[key] instanceof JsonNumber) ?? keys[0];
  if (example === undefined) return 'is an object without keys, but one value is needed';
  const shown = keys.slice(0, mostKeysInMessage).join(', ');
  const more = keys.length > mostKeysInMessage ? ', …' : '';
  return `is an object with the keys ${shown}${more}: name the value inside it, such as ${path}.${example}`;
}

function notAnObject(value: unknown, path: string, step: string): string {
  const found = Array.isArray(value) ? 'a list' : value instanceof JsonNumber ? 'a number' : `a ${typeof value}`;
  return `leads nowhere: ${path} is ${found}, not an object with the key ${step}`;
}

function isObject(value: unknown): value is JsonObject {
  return isJsonObject(value) && !(value instanceof JsonNumber);
}
