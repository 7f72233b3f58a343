import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

export type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** Milliseconds to wait for another process's write. */
  readonly timeout?: number;
}

/**
 * Opens a database file, or `:memory:`.
 *
 * `node:sqlite` is loaded on first use and not by an import: Node 22 prints an ExperimentalWarning
 * while it loads, and an import would run before the warning can be filtered.
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

/** Copies a database as it is at one moment, also while somebody writes to it. The copy must not exist. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = openDatabase(from, { readOnly: true });
  try {
    // Reading begins before the copy: otherwise every commit of somebody else would make the copy begin anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await loadSqlite().backup(source, to);
  } finally {
    source.close();
  }
}

/** SQLite says only that it cannot open a file, not even which. @throws what the file system says of the path */
function sayWhatStandsInTheWay(path: string): void {
  accessSync(existsSync(path) ? path : dirname(path), constants.R_OK | constants.W_OK);
  if (statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a folder.`), { code: 'EISDIR', path });
}

/** Result codes of SQLite for what a disk does not do: write, read, keep what was written, have room, open a file. */
const diskCodes = [8, 10, 11, 13, 14];

/** Whether SQLite failed because of the disk. Variants of a code stand in its higher bits. */
export function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && diskCodes.includes(Number(error.errcode) & 0xff);
}

/** Runs `work` in one transaction: all of it is stored, or none. Not re-entrant. */
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
