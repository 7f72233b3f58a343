import type { DescribedField } from '../../contract/query.js';
import type { FieldValues } from '../../client/index.js';

type Value = FieldValues[string] | undefined;

/** Tells whether two values of a field mean the same: 1 and 1.0, a day and its midnight, nothing and an empty text. */
export function isSameValue(one: Value, other: Value, type: DescribedField['type'] = 'string'): boolean {
  return comparable(one, type.toLowerCase()) === comparable(other, type.toLowerCase());
}

const numbers: readonly string[] = ['int', 'long', 'double', 'currency', 'percent'];

function comparable(value: Value, type: string): FieldValues[string] {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || numbers.includes(type)) return Number(value);
  if (type === 'date') return value.slice(0, 10);
  if (type === 'datetime') return timeOf(value);
  // Orgs trim texts and store their line ends as \r\n.
  return value.replaceAll('\r\n', '\n').trim() || null;
}

/** Milliseconds since the epoch, or the text if it is not a time. */
function timeOf(value: string): number | string {
  const time = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? value : time;
}
