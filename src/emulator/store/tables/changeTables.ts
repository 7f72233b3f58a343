import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import type { ModelField, ObjectModel, SObjectType } from '../model/objectModel.js';
import { rebuildTable } from './rebuildTable.js';
import { affinity, columnsOf, existingColumns, indexName, tableStatements } from './tableSet.js';

/**
 * Most columns of a table that are added and dropped one by one. For each of them, SQLite reads the definitions of all
 * tables again, so that 800 columns take half a minute.
 */
const mostAltered = 16;

/**
 * Drops the tables and columns of objects and fields that a model no longer has, and creates those that are new. What is
 * dropped or created already is left alone, so that this may follow a rollback.
 *
 * @param before types of the model as it was
 */
export function changeTables(db: DatabaseSync, before: readonly SObjectType[], model: ObjectModel): void {
  const kept = new Set(model.types);
  const existing = existingColumns(db);
  for (const type of before) {
    const stored = existing.get(type.name);
    if (kept.has(type) || !stored) continue;
    const next = model.type(type.name);
    if (next) changeTable(db, { type, next, stored });
    else db.exec(`DROP TABLE ${quotedName(type.name)}`);
  }
  const known = new Set(before);
  const added = tableStatements(
    db,
    model,
    model.types.filter((type) => !known.has(type)),
  );
  if (added.length > 0) db.exec(added.join(';\n'));
}

interface TableChange {
  readonly type: SObjectType;
  readonly next: SObjectType;
  /** Columns that the table has. */
  readonly stored: ReadonlySet<string>;
}

/** Drops columns. Those that are new are added later, if there are few. */
function changeTable(db: DatabaseSync, { type, next, stored }: TableChange): void {
  const gone = type.fields.filter((field) => stored.has(field.name) && !isKept(field, next.field(field.name)));
  const lacking = columnsOf(next).filter(({ name }) => !stored.has(name));
  // A field that only an earlier run of the org had keeps its column.
  const isKnown = [...stored].every((column) => type.field(column) !== undefined);
  if (gone.length + lacking.length > mostAltered && isKnown) {
    const lost = new Set(gone.map(({ name }) => name));
    const kept = columnsOf(next).filter(({ name }) => stored.has(name) && !lost.has(name));
    rebuildTable(db, next, kept);
  } else if (gone.length > 0) db.exec(gone.flatMap((field) => dropping(type, field)).join(';\n'));
}

function dropping(type: SObjectType, field: ModelField): string[] {
  return [
    `DROP INDEX IF EXISTS ${indexName(type, field)}`,
    `ALTER TABLE ${quotedName(type.name)} DROP COLUMN ${quotedName(field.name)}`,
  ];
}

/** A column keeps the way in which it stores and compares values, so a field of another kind gets another column. */
function isKept(field: ModelField, next: ModelField | undefined): boolean {
  return next?.name === field.name && affinity(next) === affinity(field);
}
