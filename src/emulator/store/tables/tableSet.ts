import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import { copyTriggers, generatedExpression, personTriggers } from '../model/derivedColumns.js';
import type { ModelField, ObjectModel, SObjectType } from '../model/objectModel.js';

/**
 * Creates one table per sObject and one column per field, with the same names. How values are stored:
 *
 * | field type | column |
 * |---|---|
 * | boolean | 0 or 1 |
 * | int, long | INTEGER |
 * | double, currency, percent | REAL |
 * | date | 'yyyy-MM-dd' |
 * | datetime | 'yyyy-MM-ddTHH:mm:ss.SSSZ', always UTC, so that text order is time order |
 * | id, reference | 18 characters, compared byte by byte |
 * | other text | compared without case (ASCII letters), unless the field is case-sensitive |
 *
 * All tables are created at once, because a query may join any of them. A file with an earlier version of the object
 * model gets the columns that it lacks, and no column is ever removed.
 */
export function createTables(db: DatabaseSync, model: ObjectModel): void {
  const statements = tableStatements(db, model, model.types);
  for (const { name, sql } of [...copyTriggers(model), ...(model.type('Account') ? personTriggers : [])]) {
    statements.push(`DROP TRIGGER IF EXISTS "${name}"`, `CREATE TRIGGER "${name}" ${sql}`);
  }
  db.exec(`BEGIN;${statements.join(';\n')};COMMIT`);
}

/** Returns what creates the tables, columns and indexes that objects still lack. */
export function tableStatements(db: DatabaseSync, model: ObjectModel, types: readonly SObjectType[]): string[] {
  const existing = existingColumns(db);
  return types.flatMap((type) => {
    const columns = existing.get(type.name);
    return [...(columns ? missingColumns(type, columns) : [createTable(type)]), ...createIndexes(type, model)];
  });
}

export function createTable(type: SObjectType, name = type.name): string {
  return `CREATE TABLE ${quotedName(name)} (${columnsOf(type)
    .map((field) => columnOf(type, field))
    .join(', ')})`;
}

function missingColumns(type: SObjectType, existing: ReadonlySet<string>): string[] {
  return columnsOf(type)
    .filter((field) => !existing.has(field.name))
    .map((field) => `ALTER TABLE ${quotedName(type.name)} ADD COLUMN ${columnOf(type, field)}`);
}

/** A compound address has no column of its own. */
export function columnsOf(type: SObjectType): ModelField[] {
  return type.fields.filter(({ definition }) => definition.type !== 'address');
}

function columnOf(type: SObjectType, field: ModelField): string {
  const expression = generatedExpression(field.definition);
  const suffix = expression ? ` GENERATED ALWAYS AS (${withinSize(expression, field)}) VIRTUAL` : '';
  const key = field.name === 'Id' ? ' PRIMARY KEY' : '';
  const initial = field.definition.type === 'boolean' && !expression ? ' NOT NULL DEFAULT 0' : '';
  return `${quotedName(field.name)} ${affinity(field)}${key}${initial}${suffix}`;
}

/** Limits a computed number to the size of its field. What an org shows beyond that limit is unknown. */
function withinSize(expression: string, { definition: { precision, scale } }: ModelField): string {
  if (precision === undefined || scale === undefined) return expression;
  const most = `${'9'.repeat(precision - scale)}.${'9'.repeat(scale)}`;
  return `max(min(${expression}, ${most}), -${most})`;
}

/** SQLite type of a column. */
export function affinity({ definition }: ModelField): string {
  switch (definition.type) {
    case 'boolean':
    case 'int':
    case 'long':
      return 'INTEGER';
    case 'double':
    case 'currency':
    case 'percent':
      return 'REAL';
    case 'id':
    case 'reference':
    case 'date':
    case 'datetime':
    case 'time':
      return 'TEXT';
    default:
      return definition.caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE';
  }
}

/**
 * References to audit users get no index: only a few users write all rows, so an index would cost time and find nothing
 * faster.
 */
const unindexed = new Set(['CreatedById', 'LastModifiedById', 'OwnerId']);

/** Of several indexes that serve a query, SQLite takes the one that was created last. So the one that finds fewest is. */
function createIndexes(type: SObjectType, model: ObjectModel): string[] {
  const indexed = type.fields
    .filter(isIndexed)
    .sort((one, other) => selectivity(one, model) - selectivity(other, model));
  return indexed.map((field) => createIndex(type, field));
}

function selectivity({ definition }: ModelField, model: ObjectModel): number {
  const { idLookup, unique, externalId, referenceTo = [] } = definition;
  if ([idLookup, unique, externalId].includes(true)) return 2;
  return referenceTo.some((name) => model.type(name)?.definition.hasFewRecords) ? 0 : 1;
}

function isIndexed({ name, definition }: ModelField): boolean {
  if (name === 'Id' || unindexed.has(name)) return false;
  const { type, idLookup, unique, externalId, indexed } = definition;
  return type === 'reference' || [idLookup, unique, externalId, indexed].includes(true);
}

/**
 * Indexes leave out nulls: a journal has about twenty references but fills only a few, and comparisons with `=`, `IN`
 * or a join never match nulls.
 *
 * Uniqueness is checked by `validate` and not by an index, because a deleted row frees its value and because the error
 * names the other row.
 */
function createIndex(type: SObjectType, field: ModelField): string {
  const column = quotedName(field.name);
  const name = indexName(type, field);
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${quotedName(type.name)} (${column}) WHERE ${column} IS NOT NULL`;
}

export function indexName(type: SObjectType, field: ModelField): string {
  return quotedName(`${type.name}.${field.name}`);
}

export function existingColumns(db: DatabaseSync): Map<string, Set<string>> {
  const tables = new Map<string, Set<string>>();
  const rows = db
    .prepare(
      `SELECT t.name AS tableName, c.name AS columnName FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
       WHERE t.type = 'table'`,
    )
    .all();
  for (const { tableName, columnName } of rows as { tableName: string; columnName: string }[]) {
    const columns = tables.get(tableName) ?? new Set<string>();
    tables.set(tableName, columns.add(columnName));
  }
  return tables;
}
