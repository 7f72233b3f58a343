import { makePrivateDatabase } from '../../base/files/privateFiles.js';
import { inTransaction, openDatabase, quotedName, typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { CachedValue } from './cachedValue.js';
import { mirroredObjects } from './mirroredObjects.js';
import type { MirroredObject } from './mirroredObjects.js';

/** A cache of another format is emptied. Increase this when a table changes. */
const format = 1;

/** Whose records a cache has. A cache of another program, or of another time zone, is emptied. */
export interface CacheOwner {
  readonly orgId: string;
  readonly programId: string;
  /** The org's time zone, by which moments become days. */
  readonly zone: string;
}

/**
 * The records of one program, as far as insight needs them, in SQLite. It has no names, addresses or numbers of people
 * but the membership number. Losing it costs one complete reading.
 */
export class InsightCache implements Disposable {
  readonly db: DatabaseSync;
  readonly owner: CacheOwner;

  /** @param path of a file, which only its owner can read, or `:memory:` */
  static open(path: string, owner: CacheOwner): InsightCache {
    if (path !== ':memory:') makePrivateDatabase(path);
    const db = openDatabase(path);
    try {
      return new InsightCache(db, owner);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private constructor(db: DatabaseSync, owner: CacheOwner) {
    this.db = db;
    this.owner = owner;
    // What a power cut takes is read again.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE');
    const described = JSON.stringify({ format, ...owner });
    if (this.#description() !== described) this.#begin(described);
  }

  [Symbol.dispose](): void {
    this.db.close();
  }

  /** The org's time up to which the records of a table have been read. */
  readUntil(table: string): string | undefined {
    const [row] = typedRows<{ readUntil: string }>(
      this.db.prepare('SELECT readUntil FROM reading WHERE tableName = ?'),
      table,
    );
    return row?.readUntil;
  }

  setReadUntil(table: string, time: string): void {
    this.db.prepare('INSERT OR REPLACE INTO reading (tableName, readUntil) VALUES (?, ?)').run(table, time);
  }

  count(table: string): number {
    const [row] = typedRows<{ count: number }>(this.db.prepare(`SELECT count(*) AS count FROM ${quotedName(table)}`));
    return row?.count ?? 0;
  }

  /** Forgets the records of a table. */
  clear(table: string): void {
    inTransaction(this.db, () => {
      this.db.exec(`DELETE FROM ${quotedName(table)}`);
      this.db.prepare('DELETE FROM reading WHERE tableName = ?').run(table);
    });
  }

  /** Stores records, and replaces those with the same Id. Each has its Id first, then its columns in their order. */
  store({ table, columns }: MirroredObject, rows: readonly (readonly CachedValue[])[]): void {
    const places = ['?', ...columns.map(() => '?')].join(', ');
    const statement: StatementSync = this.db.prepare(`INSERT OR REPLACE INTO ${quotedName(table)} VALUES (${places})`);
    inTransaction(this.db, () => {
      for (const row of rows) statement.run(...row);
    });
  }

  #description(): string | undefined {
    const [known] = typedRows<{ name: string }>(
      this.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'description'"),
    );
    if (!known) return undefined;
    return typedRows<{ text: string }>(this.db.prepare('SELECT text FROM description'))[0]?.text;
  }

  #begin(described: string): void {
    inTransaction(this.db, () => {
      const tables = typedRows<{ name: string }>(
        this.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"),
      );
      for (const { name } of tables) this.db.exec(`DROP TABLE ${quotedName(name)}`);
      for (const object of mirroredObjects) this.db.exec(tableOf(object));
      this.db.exec('CREATE TABLE reading (tableName TEXT PRIMARY KEY, readUntil TEXT NOT NULL) WITHOUT ROWID');
      this.db.exec('CREATE TABLE description (text TEXT NOT NULL)');
      this.db.prepare('INSERT INTO description VALUES (?)').run(described);
    });
  }
}

function tableOf({ table, columns, indexes }: MirroredObject): string {
  const isNumber = new Set(['hundredths', 'count', 'flag']);
  const described = columns.map(({ name, kind }) => `${quotedName(name)} ${isNumber.has(kind) ? 'INTEGER' : 'TEXT'}`);
  const create = `CREATE TABLE ${quotedName(table)} (id TEXT PRIMARY KEY, ${described.join(', ')}) WITHOUT ROWID`;
  const index = indexes.map((name) => `CREATE INDEX ${table}_${name} ON ${quotedName(table)} (${quotedName(name)})`);
  return [create, ...index].join(';\n');
}
