import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import type { Org } from '../../org.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import { entityRows } from './entityRows.js';
import { fieldRows } from './fieldRows.js';
import { listViewRows } from './listViewRows.js';
import type { Asker, MadeRow } from './madeRow.js';
import { opportunityStageRows } from './opportunityStageRows.js';
import { recentRows } from './recentRows.js';

type RowsFor = (org: Org, asker: Asker) => readonly MadeRow[];

const makers: Readonly<Record<string, RowsFor>> = {
  EntityDefinition: entityRows,
  FieldDefinition: fieldRows,
  ListView: ({ store: { model } }, { version }) => listViewRows(model, version),
  OpportunityStage: opportunityStageRows,
  RecentlyViewed: recentRows,
};

/**
 * Makes the rows of an object that describes the org itself, before a query reads them. They are in a temporary table,
 * which hides the stored one: it is neither in a data folder nor in a snapshot, and always current.
 */
export function makeRows(org: Org, type: SObjectType, asker: Asker): void {
  const rows = makers[type.name]?.(org, asker);
  if (!rows) return;
  const { db } = org.store;
  createTemporary(db, type.name);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = `temp.${quotedName(type.name)}`;
  db.exec(`DELETE FROM ${table}`);
  if (rows.length === 0) return;
  const values = columns.map((_, index) => `value ->> ${index}`).join(', ');
  const list = JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)));
  db.prepare(`INSERT INTO ${table} (${columns.map(quotedName).join(', ')}) SELECT ${values} FROM json_each(?)`).run(
    list,
  );
}

/** Copies the definition of the stored table, with its collations. */
function createTemporary(db: DatabaseSync, name: string): void {
  const existing = db.prepare("SELECT 1 FROM temp.sqlite_master WHERE type = 'table' AND name = ?").get(name);
  if (existing) return;
  const stored = db.prepare("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?").get(name);
  db.exec(String(stored?.['sql']).replace(/^CREATE TABLE/, 'CREATE TEMP TABLE'));
}
