import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

export type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** Milliseconds to wait while another process writes. */
  readonly timeout?: number;
}

/**
 * Opens a database file, or `:memory:`.
 *
 * `node:sqlite` is loaded on first use and not by an import, because Node 22 prints an ExperimentalWarning while
 * loading it, and an import would run before the warning can be filtered.
 */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  const { DatabaseSync: Database } = loadSqlite();
  try {
    return new Database(path, { readOnly: options.readOnly ?? false, timeout: options.timeout ?? 5000 });
  } catch (error) {
    sayWhatStandsInTheWay(path);
    throw error;
  }
}

/** Copies a database as it is at one moment, even while another process writes to it. The target must not exist. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = openDatabase(from, { readOnly: true });
  try {
    // A read transaction starts before the copy. Otherwise each commit of another process would restart the copy.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await loadSqlite().backup(source, to);
  } finally {
    source.close();
  }
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

/** SQLite result codes for disk errors: READONLY, IOERR, CORRUPT, FULL and CANTOPEN. */
const diskCodes = [8, 10, 11, 13, 14];

/** Whether SQLite failed because of the disk. The higher bits of a code distinguish variants of an error. */
export function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && diskCodes.includes(Number(error.errcode) & 0xff);
}

/** Runs `work` in one transaction, which stores everything or nothing. Calls cannot be nested. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
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
