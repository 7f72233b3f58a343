import { chmodSync, closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { makeFolder } from './makeFolder.js';

/** For the owner only, whatever the umask is. Windows knows no such modes; there the folder's own rights hold. */
const privateFolder = 0o700;
export const privateFile = 0o600;

/**
 * Makes the folder, and makes it private when it is new, empty, or has one of `ownFiles`. A folder with other things in
 * it is somebody's, and keeps its mode: the private files in it are private nevertheless.
 */
export function makePrivateFolder(path: string, ownFiles: readonly string[]): void {
  makeFolder(path);
  const names = readdirSync(path);
  if (names.length > 0 && !ownFiles.some((name) => names.includes(name))) return;
  changeMode(path, privateFolder);
}

/**
 * Makes the file if there is none. One that exists is never opened here: closing it would give back the locks that this
 * process holds on it through SQLite.
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

/** A database file, and the files that SQLite keeps beside it: new ones get the mode of the first. */
export function makePrivateDatabase(path: string): void {
  makePrivateFile(path);
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) changeMode(path + suffix, privateFile);
  }
}

/** On a mounted volume the folder may belong to somebody else, and its mode is then up to them. */
function changeMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
  }
}
