import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import { familyOf } from './where/fieldFamily.js';
import type { NamedField } from './objectFields.js';
import type { Sql } from './sql.js';
import { bound, join, name, sql } from './sql.js';

/** A table of the statement: the queried object, or a parent that some path walks to. */
export interface Source {
  /** `Member`; the queried object has none. */
  readonly relationshipName?: string;
  readonly reference?: NamedField;
  /** Objects that the row may be of: one, except behind a reference to several. */
  readonly tables: readonly SourceTable[];
}

export interface SourceTable {
  readonly object: SObjectDefinition;
  /** Alias in the statement. */
  readonly table: string;
}

/** `Owner.Type`: which object a row behind a reference to several is of. */
export const typeField: FieldDefinition = { type: 'string' };

/** What the platform calls the object: a reference to several objects walks to `Name`, which they have in common. */
export function entityName({ tables }: Source): string {
  const [first] = tables;
  return tables.length === 1 && first ? first.object.name : 'Name';
}

export function joinOn({ object, table }: SourceTable, reference: Sql): Sql {
  return sql`LEFT JOIN ${name(object.name)} AS ${name(table)} ON ${name(table, 'Id')} = ${reference}`;
}

export function columnOf(tables: readonly SourceTable[], fieldName: string): Sql {
  const columns = tables.map(({ table }) => name(table, fieldName));
  const [first] = columns;
  return columns.length === 1 && first ? first : sql`coalesce(${join(columns, ', ')})`;
}

/** A column of several tables has lost their collation. */
export function comparable(column: Sql, tables: number, { type, caseSensitive }: FieldDefinition): Sql {
  return tables > 1 && familyOf(type) === 'text' && !caseSensitive ? sql`(${column} COLLATE NOCASE)` : column;
}

export function typeOf(tables: readonly SourceTable[]): Sql {
  const cases = tables.map(({ object, table }) => {
    return sql`WHEN ${name(table, 'Id')} IS NOT NULL THEN ${bound(object.name)}`;
  });
  return sql`CASE ${join(cases, ' ')} END`;
}
