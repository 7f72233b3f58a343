import { inTransaction, quotedName, typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { openCacheFile } from './cacheFile.js';
import type { CachedValue } from './cachedValue.js';
import { takenCache } from './insightCacheError.js';
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
  readonly #path: string;
  /** What a cache of this owner says of itself. */
  readonly #described: string;

  /**
   * @param path of a file, which only its owner can read, or `:memory:`
   * @throws {InsightCacheError} also for a file of another kind, which is left as it is
   */
  static open(path: string, owner: CacheOwner): InsightCache {
    const db = openCacheFile(path);
    try {
      return new InsightCache(db, path, owner);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private constructor(db: DatabaseSync, path: string, owner: CacheOwner) {
    this.db = db;
    this.owner = owner;
    this.#path = path;
    this.#described = JSON.stringify({ format, ...owner });
    if (this.#description() !== this.#described) this.#begin();
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
    this.#change(() => {
      this.db.prepare('INSERT OR REPLACE INTO reading (tableName, readUntil) VALUES (?, ?)').run(table, time);
    });
  }

  /** Makes the next reading of a table read all of its records. */
  forgetReading(table: string): void {
    this.#change(() => void this.db.prepare('DELETE FROM reading WHERE tableName = ?').run(table));
  }

  count(table: string): number {
    const [row] = typedRows<{ count: number }>(this.db.prepare(`SELECT count(*) AS count FROM ${quotedName(table)}`));
    return row?.count ?? 0;
  }

  /** Stores records, and replaces those with the same Id. Each has its Id first, then its columns in their order. */
  store({ table, columns }: MirroredObject, rows: readonly (readonly CachedValue[])[]): void {
    const places = ['?', ...columns.map(() => '?')].join(', ');
    this.#change(() => {
      const statement = this.db.prepare(`INSERT OR REPLACE INTO ${quotedName(table)} VALUES (${places})`);
      for (const row of rows) statement.run(...row);
    });
  }

  /**
   * Begins to look for the records of a table that the org no longer has: all of them, until {@link addPresent} has named
   * them. What another process stores from now on is not among them.
   */
  beginPresence(table: string): void {
    this.db.exec(`
      DROP TABLE IF EXISTS temp.missingRecord;
      CREATE TEMP TABLE missingRecord (id TEXT PRIMARY KEY) WITHOUT ROWID;
      INSERT INTO missingRecord SELECT id FROM ${quotedName(table)}`);
  }

  addPresent(ids: readonly string[]): void {
    inTransaction(
      this.db,
      () => {
        const statement = this.db.prepare('DELETE FROM missingRecord WHERE id = ?');
        for (const id of ids) statement.run(id);
      },
      'DEFERRED',
    );
  }

  /** Removes what the org no longer has, all at once: a report never sees a table that is half empty. */
  keepOnlyPresent(table: string): void {
    this.#change(() => {
      this.db.exec(`DELETE FROM ${quotedName(table)} WHERE id IN (SELECT id FROM missingRecord)`);
    });
  }

  /**
   * Runs `work` on the records as they are at one moment, while other processes may write. Its temporary tables are kept.
   * @throws {InsightCacheError} if another process has begun to read another program into the cache
   */
  atOneMoment<T>(work: () => T): T {
    if (this.db.isTransaction) return work();
    const checked = (): T => {
      this.#mustBeOurs();
      return work();
    };
    return inTransaction(this.db, checked, 'DEFERRED');
  }

  #change(work: () => void): void {
    inTransaction(this.db, () => {
      this.#mustBeOurs();
      work();
    });
  }

  #mustBeOurs(): void {
    if (this.#description() !== this.#described) throw takenCache(this.#path);
  }

  #description(): string | undefined {
    const [known] = typedRows<{ name: string }>(
      this.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'description'"),
    );
    if (!known) return undefined;
    return typedRows<{ text: string }>(this.db.prepare('SELECT text FROM description'))[0]?.text;
  }

  #begin(): void {
    inTransaction(this.db, () => {
      // Another process may have begun meanwhile.
      if (this.#description() === this.#described) return;
      const tables = typedRows<{ name: string }>(
        this.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"),
      );
      for (const { name } of tables) this.db.exec(`DROP TABLE ${quotedName(name)}`);
      for (const object of mirroredObjects) this.db.exec(tableOf(object));
      this.db.exec('CREATE TABLE reading (tableName TEXT PRIMARY KEY, readUntil TEXT NOT NULL) WITHOUT ROWID');
      this.db.exec('CREATE TABLE description (text TEXT NOT NULL)');
      this.db.prepare('INSERT INTO description VALUES (?)').run(this.#described);
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
