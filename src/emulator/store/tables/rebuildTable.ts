import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import { generatedExpression } from '../model/derivedColumns.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import { createTable } from './tableSet.js';

/** No object can have this name. */
const besideName = 'store.rebuilt';

/**
 * Replaces the table of an object by one with the columns that the object has now, and copies the rows with their order
 * and the columns that stay. The indexes must be created afterwards. Source: SQLite, "ALTER TABLE", section 7.
 */
export function rebuildTable(db: DatabaseSync, type: SObjectType, kept: readonly ModelField[]): void {
  const table = quotedName(type.name);
  const beside = quotedName(besideName);
  const written = kept.filter(({ definition }) => generatedExpression(definition) === undefined);
  const columns = ['rowid', ...written.map(({ name }) => quotedName(name))].join(', ');
  const triggers = db
    .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .all(type.name)
    .map((trigger) => String(trigger['sql']));
  const statements = [
    createTable(type, besideName),
    `INSERT INTO ${beside} (${columns}) SELECT ${columns} FROM ${table} ORDER BY rowid`,
    `DROP TABLE ${table}`,
    // Triggers of other tables name this one, which is missing for a moment.
    'PRAGMA legacy_alter_table = ON',
    `ALTER TABLE ${beside} RENAME TO ${table}`,
    'PRAGMA legacy_alter_table = OFF',
    ...triggers,
  ];
  db.exec(statements.join(';\n'));
}
