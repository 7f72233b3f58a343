import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { mustNotDangle } from './danglingLink.js';

/**
 * Makes a folder, with those above it, for the owner only. Folders that exist keep their mode.
 *
 * One level at a time: where a file system answers "no such file" to a folder that cannot be made, as /proc does, the
 * recursive `mkdir` of Node never ends.
 * @throws {Error} from the file system if the folder cannot be made
 */
export function makeFolder(path: string): void {
  for (const folder of missingFolders(resolve(path))) makeOne(folder);
}

/** The outermost first. */
function missingFolders(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return [];
  const above = dirname(path);
  // A file is in the place of a folder: making that folder says so.
  if (found || above === path) return [path];
  return [...missingFolders(above), path];
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Another process may have made it meanwhile.
    if (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    mustNotDangle(folder);
    if (code !== 'ENOENT') throw error;
    // The folder above is there: what is missing is the possibility.
    throw Object.assign(new Error(`No folder can be made at ${folder}.`, { cause: error }), {
      code: 'ENOTSUP',
      path: folder,
    });
  }
}
