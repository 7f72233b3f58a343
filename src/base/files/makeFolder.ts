import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { mustNotDangle } from './danglingLink.js';

/**
 * Makes a folder, and the missing folders above it, for the owner only. Existing folders keep their mode.
 *
 * Folders are made one level at a time, because Node's recursive `mkdir` never ends where a file system answers "no
 * such file" when a folder cannot be made, as /proc does.
 * @throws {Error} from the file system if the folder cannot be made
 */
export function makeFolder(path: string): void {
  for (const folder of missingFolders(resolve(path))) makeOne(folder);
}

/** Returns the folders to make, the outermost first. */
function missingFolders(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return [];
  const above = dirname(path);
  // If a file is in the place of the folder, making the folder fails with an error that says so.
  if (found || above === path) return [path];
  return [...missingFolders(above), path];
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Another process may have made it in the meantime.
    if (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    mustNotDangle(folder);
    if (code !== 'ENOENT') throw error;
    // The folder above exists, so the file system cannot make folders here.
    throw Object.assign(new Error(`No folder can be made at ${folder}.`, { cause: error }), {
      code: 'ENOTSUP',
      path: folder,
    });
  }
}
