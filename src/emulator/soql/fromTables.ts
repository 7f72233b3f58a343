import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import { familyOf } from './where/fieldFamily.js';
import type { NamedField } from './objectFields.js';
import type { Sql } from './sqlFragment.js';
import { bound, join, columnName, sql } from './sqlFragment.js';

/** What one step of a path leads to: the queried object, or a parent, which may belong to one of several objects. */
export interface Source {
  /** For example `Member`. Absent for the queried object. */
  readonly relationshipName?: string;
  readonly reference?: NamedField;
  /** The objects that the row may belong to. There are several only if a reference leads to several objects. */
  readonly tables: readonly SourceTable[];
}

export interface SourceTable {
  readonly object: SObjectDefinition;
  /** Alias in the statement. */
  readonly table: string;
}

/** `Owner.Type`: names the object of a row, if a reference leads to several objects. */
export const typeField: FieldDefinition = { type: 'string' };

/** The platform's name for the object. A reference to several objects leads to `Name`, which stands for all of them. */
export function entityName({ tables }: Source): string {
  const [first] = tables;
  return tables.length === 1 && first ? first.object.name : 'Name';
}

export function joinOn({ object, table }: SourceTable, reference: Sql): Sql {
  return sql`LEFT JOIN ${columnName(object.name)} AS ${columnName(table)} ON ${columnName(table, 'Id')} = ${reference}`;
}

export function columnOf(tables: readonly SourceTable[], fieldName: string): Sql {
  const columns = tables.map(({ table }) => columnName(table, fieldName));
  const [first] = columns;
  return columns.length === 1 && first ? first : sql`coalesce(${join(columns, ', ')})`;
}

/** `coalesce` over several tables loses their collation, so it is given again. */
export function comparable(column: Sql, tables: number, { type, caseSensitive }: FieldDefinition): Sql {
  return tables > 1 && familyOf(type) === 'text' && !caseSensitive ? sql`(${column} COLLATE NOCASE)` : column;
}

export function entityType(tables: readonly SourceTable[]): Sql {
  const cases = tables.map(({ object, table }) => {
    return sql`WHEN ${columnName(table, 'Id')} IS NOT NULL THEN ${bound(object.name)}`;
  });
  return sql`CASE ${join(cases, ' ')} END`;
}
