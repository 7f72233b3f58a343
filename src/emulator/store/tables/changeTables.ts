import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import type { ModelField, ObjectModel, SObjectType } from '../model/objectModel.js';
import { affinity, existingColumns, indexName, tableStatements } from './tableSet.js';

/**
 * Drops the tables and columns of objects and fields that a model no longer has, and creates those that are new. What is
 * dropped or created already is left alone, so that this may follow a rollback.
 *
 * @param before types of the model as it was
 */
export function changeTables(db: DatabaseSync, before: readonly SObjectType[], model: ObjectModel): void {
  const kept = new Set(model.types);
  const existing = existingColumns(db);
  const dropped = before
    .filter((type) => !kept.has(type) && existing.has(type.name))
    .flatMap((type) => dropping(type, model.type(type.name), existing.get(type.name) ?? new Set()));
  if (dropped.length > 0) db.exec(dropped.join(';\n'));
  const known = new Set(before);
  const added = tableStatements(
    db,
    model.types.filter((type) => !known.has(type)),
  );
  if (added.length > 0) db.exec(added.join(';\n'));
}

function dropping(type: SObjectType, next: SObjectType | undefined, existing: ReadonlySet<string>): string[] {
  const table = quotedName(type.name);
  if (!next) return [`DROP TABLE ${table}`];
  return type.fields
    .filter((field) => existing.has(field.name) && !isKept(field, next.field(field.name)))
    .flatMap((field) => [
      `DROP INDEX IF EXISTS ${indexName(type, field)}`,
      `ALTER TABLE ${table} DROP COLUMN ${quotedName(field.name)}`,
    ]);
}

/** A column keeps the way in which it stores and compares values, so a field of another kind gets another column. */
function isKept(field: ModelField, next: ModelField | undefined): boolean {
  return next?.name === field.name && affinity(next) === affinity(field);
}
