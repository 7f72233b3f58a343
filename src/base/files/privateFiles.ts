import { chmodSync, closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { makeFolder } from './makeFolder.js';

/**
 * Access for the owner only, regardless of the umask. Windows has no such modes: there the rights of the folder apply.
 */
const privateFolder = 0o700;
export const privateFile = 0o600;

/**
 * Creates the folder if needed. Makes it private if it is new, empty, or contains one of `ownFiles`. A folder with
 * other contents keeps its mode, because it is not ours. The private files in it are private nevertheless.
 */
export function makePrivateFolder(path: string, ownFiles: readonly string[]): void {
  makeFolder(path);
  const names = readdirSync(path);
  if (names.length > 0 && !ownFiles.some((name) => names.includes(name))) return;
  changeMode(path, privateFolder);
}

/**
 * Makes the file if there is none. An existing file is not opened here, because closing it would release the locks that
 * this process holds on it through SQLite.
 */
export function makeNewPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', privateFile));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Makes the file if there is none, and makes it private. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', privateFile));
  changeMode(path, privateFile);
}

/**
 * Makes a database file private, and SQLite's files beside it. SQLite creates new ones with the mode of the database. An
 * existing file is not opened: see {@link makeNewPrivateFile}.
 */
export function makePrivateDatabase(path: string): void {
  makeNewPrivateFile(path);
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) changeMode(path + suffix, privateFile);
  }
}

/** Ignores a missing permission: on a mounted volume the folder may belong to another user, who decides its mode. */
function changeMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
  }
}
