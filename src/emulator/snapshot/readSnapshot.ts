import { pathToFileURL } from 'node:url';
import { inTransaction, quotedName } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { DataDirDiskError } from '../store/dataDir.js';
import { componentTableName } from '../metadata/components/componentTable.js';
import type { ObjectModel, SObjectType } from '../store/model/objectModel.js';
import { noSnapshot, requireSnapshot, SnapshotError } from './snapshotFormat.js';

/**
 * Fills the tables of a new org with the rows of a snapshot. Only rows are copied. Tables, indexes and triggers are the
 * org's own, so a snapshot with an earlier version of the object model can be read too.
 *
 * @throws {SnapshotError} when the file is not a snapshot of a known format, or has rows or values of an object or
 *   field that the org does not have
 */
export function readSnapshot(db: DatabaseSync, model: ObjectModel, path: string): void {
  requireSnapshot(path);
  db.prepare('ATTACH ? AS snapshot').run(`${pathToFileURL(path).href}?mode=ro`);
  try {
    inTransaction(db, () => withoutTriggers(db, () => new SnapshotReader(db, model, path).read()));
  } catch (error) {
    throw error instanceof SnapshotError || error instanceof DataDirDiskError ? error : noSnapshot(path, error);
  } finally {
    db.exec('DETACH snapshot');
  }
}

/**
 * Copies a table of the org that is not of an object. A snapshot of an older version may not have it.
 *
 * @throws {SnapshotError} when the file is not a snapshot of a known format
 */
export function readSnapshotTable(db: DatabaseSync, table: string, path: string): void {
  requireSnapshot(path);
  db.prepare('ATTACH ? AS snapshot').run(`${pathToFileURL(path).href}?mode=ro`);
  try {
    const exists = db.prepare("SELECT 1 FROM snapshot.sqlite_schema WHERE type = 'table' AND name = ?").get(table);
    const name = quotedName(table);
    if (exists) db.exec(`INSERT INTO main.${name} SELECT * FROM snapshot.${name} ORDER BY rowid`);
  } catch (error) {
    throw error instanceof DataDirDiskError ? error : noSnapshot(path, error);
  } finally {
    db.exec('DETACH snapshot');
  }
}

class SnapshotReader {
  readonly #db: DatabaseSync;
  readonly #model: ObjectModel;
  readonly #path: string;

  constructor(db: DatabaseSync, model: ObjectModel, path: string) {
    this.#db = db;
    this.#model = model;
    this.#path = path;
  }

  read(): void {
    const tables = this.#names("SELECT name FROM snapshot.sqlite_schema WHERE type = 'table'");
    for (const table of tables) {
      // It was read before, because it says which objects the org has.
      if (table === componentTableName) continue;
      const type = this.#model.types.find(({ name }) => name === table);
      if (type) this.#copy(type);
      else this.#refuseRows(table);
    }
  }

  #copy(type: SObjectType): void {
    // Generated columns are left out, because they are computed from the others.
    const there = this.#names('SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden = 0', type.name, 'snapshot');
    const here = new Set(this.#names('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0', type.name));
    for (const column of there) if (!here.has(column)) this.#refuseValues(type.name, column);
    const columns = ['rowid', ...there.filter((column) => here.has(column)).map(quotedName)].join(', ');
    const table = quotedName(type.name);
    this.#db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM snapshot.${table} ORDER BY rowid`);
  }

  #refuseRows(table: string): void {
    const rows = this.#count(`SELECT count(*) AS n FROM snapshot.${quotedName(table)}`);
    if (rows > 0) throw this.#unfit(`rows of ${table}, an object`);
  }

  #refuseValues(table: string, column: string): void {
    const [from, field] = [quotedName(table), quotedName(column)];
    // A checkbox that was never set has 0.
    const values = this.#count(
      `SELECT count(*) AS n FROM snapshot.${from} WHERE ${field} IS NOT NULL AND ${field} IS NOT 0`,
    );
    if (values > 0) throw this.#unfit(`values of ${table}.${column}, a field`);
  }

  #unfit(what: string): SnapshotError {
    return new SnapshotError(`${this.#path} has ${what} that this org does not have.`, [
      'Start the org with the source folder that the snapshot was saved with: --source force-app.',
    ]);
  }

  #count(sql: string): number {
    return Number(this.#db.prepare(sql).get()?.['n']);
  }

  #names(sql: string, ...parameters: string[]): string[] {
    return this.#db
      .prepare(sql)
      .all(...parameters)
      .map(({ name }) => String(name));
  }
}

/** The rows already contain what the triggers computed. Run again in this order, triggers would miss rows they read. */
function withoutTriggers(db: DatabaseSync, work: () => void): void {
  const triggers = db.prepare("SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${quotedName(String(name))}`);
  work();
  for (const { sql } of triggers) db.exec(String(sql));
}
