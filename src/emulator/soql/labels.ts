import type { SQLOutputValue } from '../../base/sqlite.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import type { Sql } from './sql.js';
import { bound, name, sql } from './sql.js';

/** SQL function that `runQuery` defines: a stored value, and labels by value in lower case as JSON → its label. */
export const labelFunction = 'soql_label';

/** `toLabel(field)`. Where the definition gives no labels, values are their own. Compared without case, as values are. */
export function labelColumn(column: Sql, { valueLabels }: FieldDefinition): Sql {
  if (!valueLabels) return column;
  const labels = Object.entries(valueLabels).map(([value, label]) => [value.toLowerCase(), label]);
  const json = bound(JSON.stringify(Object.fromEntries(labels)));
  return sql`(${name(labelFunction)}(${column}, ${json}) COLLATE NOCASE)`;
}

/** A multi-select value has a label for each of its parts. */
export function labelOfValue(value: SQLOutputValue, json: SQLOutputValue): string | null {
  if (typeof value !== 'string' || typeof json !== 'string') return null;
  const labels = new Map(Object.entries(JSON.parse(json) as Record<string, string>));
  const parts = labels.has(value.toLowerCase()) ? [value] : value.split(';');
  return parts.map((part) => labels.get(part.toLowerCase()) ?? part).join(';');
}
