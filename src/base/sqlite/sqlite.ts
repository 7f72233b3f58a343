import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { explainDatabase } from './explainedDatabase.js';
import type { Explain } from './explainedDatabase.js';

export type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** Milliseconds to wait while another process writes. */
  readonly timeout?: number;
  /** Replaces every error of the database, including those of opening it. Default: SQLite's own errors. */
  readonly explain?: Explain;
}

/**
 * Opens a database file, or `:memory:`.
 *
 * `node:sqlite` is loaded on first use and not by an import, because Node 22 prints an ExperimentalWarning while
 * loading it, and an import would run before the warning can be filtered.
 */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  const { DatabaseSync: Database } = loadSqlite();
  const { readOnly = false, timeout = 5000, explain } = options;
  try {
    const db = new Database(path, { readOnly, timeout });
    if (explain) explainDatabase(db, explain);
    return db;
  } catch (error) {
    sayWhatStandsInTheWay(path);
    throw explain ? explain(error) : error;
  }
}

/**
 * Opens a database on disk for what one piece of work must not keep in memory. SQLite removes its file: nothing survives a
 * crash, or the closing. A transaction is open.
 * @param cache KiB of it that are in memory
 */
export function openTemporaryDatabase(tables: string, cache: number): DatabaseSync {
  const db = openDatabase('');
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cache}; ${tables}; BEGIN`);
  return db;
}

/** Copies the state of a database at one moment, even while another process writes to it. The target must not exist. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  using pinned = pinDatabase(from);
  await pinned.copyTo(to);
}

/** The state of a database at one moment, whatever is written to it later. */
export interface PinnedDatabase extends Disposable {
  /** The target must not exist. */
  copyTo(path: string): Promise<void>;
}

export function pinDatabase(path: string): PinnedDatabase {
  const original = openDatabase(path, { readOnly: true });
  try {
    // A read transaction starts before the copy. Otherwise each commit of another process would restart the copy.
    original.exec('BEGIN');
    original.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    original.close();
    throw error;
  }
  return {
    copyTo: async (to) => {
      await loadSqlite().backup(original, to);
    },
    [Symbol.dispose]: () => original.close(),
  };
}

/**
 * Finds out why a file cannot be opened, because SQLite's error does not even name the file.
 *
 * @throws {Error} with the reason and the path, when the file system gives one
 */
function sayWhatStandsInTheWay(path: string): void {
  accessSync(existsSync(path) ? path : dirname(path), constants.R_OK | constants.W_OK);
  if (statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a folder.`), { code: 'EISDIR', path });
}

/**
 * Runs `work` in one transaction: all of it is stored, or none. Not re-entrant.
 * @param mode `DEFERRED` for work that only reads: it sees the database as it is at one moment and keeps no writer waiting
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T, mode: 'IMMEDIATE' | 'DEFERRED' = 'IMMEDIATE'): T {
  db.exec(`BEGIN ${mode}`);
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Quotes the name of a table or column of ours. Never pass a name from a request. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Rows of a statement that selects the columns of `Row`. Nothing is checked. */
export function typedRows<Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row[] {
  return statement.all(...values) as unknown as Row[];
}

function loadSqlite(): typeof import('node:sqlite') {
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  const emitWarning = process.emitWarning.bind(process) as (warning: string | Error, ...rest: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite is an experimental feature')) emitWarning(warning, ...rest);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    if (original) Object.defineProperty(process, 'emitWarning', original);
  }
}
