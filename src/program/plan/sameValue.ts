import { decimalOf } from '../../base/decimal.js';
import type { DescribedField } from '../../contract/query.js';
import type { FieldValues } from '../../client/index.js';

type Value = FieldValues[string] | undefined;

type Kind = Partial<Pick<DescribedField, 'type' | 'precision' | 'scale'>>;

/**
 * Tells whether two values of a field mean the same: 1 and 1.0, numbers that the field rounds to the same, a day and its
 * midnight, nothing and an empty text.
 */
export function isSameValue(one: Value, other: Value, kind: Kind = {}): boolean {
  return comparable(one, kind) === comparable(other, kind);
}

const numbers: readonly string[] = ['int', 'long', 'double', 'currency', 'percent'];

function comparable(value: Value, kind: Kind): FieldValues[string] {
  const type = kind.type?.toLowerCase() ?? 'string';
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || numbers.includes(type)) return rounded(Number(value), kind);
  if (type === 'date') return value.slice(0, 10);
  if (type === 'datetime') return timeOf(value);
  // Orgs trim texts and store their line ends as \r\n.
  return value.replaceAll('\r\n', '\n').trim() || null;
}

/** Rounds as an org does, half away from zero. */
function rounded(value: number, { precision = 0, scale = 0 }: Kind): number {
  return precision > 0 && Number.isFinite(value) ? decimalOf(value).toDecimalPlaces(scale).toNumber() : value;
}

/** Milliseconds since the epoch, or the text if it is not a time. */
function timeOf(value: string): number | string {
  const time = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? value : time;
}
