import type { OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import { isSortable } from '../store/model/fieldAbilities.js';
import type { Compilation } from './compilation.js';
import { functionComparand } from './fieldExpression.js';
import type { FieldPath, QueryScope } from './queryScope.js';
import type { Sql } from './sqlFragment.js';
import { bound, join, nothing, sql } from './sqlFragment.js';

/** Salesforce limit. */
const maxFields = 32;

/** Columns that are never null. Without NULLS FIRST or LAST, SQLite can sort them by an index. */
const neverNull = new Set(['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp']);

/** Returns `ORDER BY …`, or empty SQL if the query has no order. */
export function orderBy(compilation: Compilation, scope: QueryScope, query: Pick<Query, 'orderBy'>): Sql {
  return orderOf(compilation, query, (clause) => {
    if ('fn' in clause) return { column: functionComparand(compilation, scope, clause.fn).column, nullable: true };
    const path = scope.resolve(clause.field);
    requireSortable(compilation, path);
    return { column: sortColumn(path), nullable: path.parents.length > 0 || !neverNull.has(path.name) };
  });
}

export interface SortKey {
  readonly column: Sql;
  readonly nullable: boolean;
}

/** Nulls come first in both directions (SOQL reference, "ORDER BY"), unless the query says NULLS LAST. */
export function orderOf(
  { text }: Compilation,
  query: Pick<Query, 'orderBy'>,
  keyOf: (clause: OrderByClause) => SortKey,
): Sql {
  const clauses = [query.orderBy ?? []].flat();
  if (clauses.length === 0) return nothing;
  if (clauses.length > maxFields)
    throw text.malformed(`maximum number of order by fields exceeded (limit ${maxFields})`);
  const keys = clauses.map((clause) => {
    const { column, nullable } = keyOf(clause);
    const key = clause.order === 'DESC' ? sql`${column} DESC` : column;
    if (!nullable) return key;
    return clause.nulls === 'LAST' ? sql`${key} NULLS LAST` : sql`${key} NULLS FIRST`;
  });
  return sql`ORDER BY ${join(keys, ', ')}`;
}

export function requireSortable({ text }: Compilation, { name, definition, written }: FieldPath): void {
  if (!isSortable(definition)) {
    throw text.invalidField(`field '${name}' can not be sorted in a query call`, written, 'ORDER BY');
  }
}

/** A picklist sorts by the order of its values, not alphabetically. */
export function sortColumn({ column, definition }: FieldPath): Sql {
  const { type, values = [] } = definition;
  if (type !== 'picklist' || values.length === 0) return column;
  const cases = values.map((value, index) => sql`WHEN ${bound(value)} THEN ${bound(index)}`);
  return sql`CASE ${column} ${join(cases, ' ')} ELSE ${column} END`;
}
