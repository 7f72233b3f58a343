import type { SQLOutputValue } from '../../base/sqlite/sqlite.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import type { Sql } from './sqlFragment.js';
import { bound, columnName, sql } from './sqlFragment.js';

/** SQL function defined by `runQuery`: a stored value, and labels by lower-case value as JSON → the value's label. */
export const labelFunction = 'soql_label';

/** `toLabel(field)`. A value without a label is its own label. Labels are compared without case, as values are. */
export function labelColumn(column: Sql, { valueLabels }: FieldDefinition): Sql {
  if (!valueLabels) return column;
  const labels = Object.entries(valueLabels).map(([value, label]) => [value.toLowerCase(), label]);
  const json = bound(JSON.stringify(Object.fromEntries(labels)));
  return sql`(${columnName(labelFunction)}(${column}, ${json}) COLLATE NOCASE)`;
}

/** In a multi-select value each part has its own label. */
export function labelOfValue(value: SQLOutputValue, json: SQLOutputValue): string | null {
  if (typeof value !== 'string' || typeof json !== 'string') return null;
  const labels = new Map(Object.entries(JSON.parse(json) as Record<string, string>));
  const parts = labels.has(value.toLowerCase()) ? [value] : value.split(';');
  return parts.map((part) => labels.get(part.toLowerCase()) ?? part).join(';');
}
