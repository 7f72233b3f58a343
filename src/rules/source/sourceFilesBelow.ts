import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RulesSourceError } from './rulesSourceError.js';

/**
 * Returns the files below a folder that a test accepts, at any depth. They are sorted, so that mistakes are in the same
 * order on every machine. Links are not followed.
 * @throws {RulesSourceError} if a folder cannot be read
 */
export async function sourceFilesBelow(folder: string, accepts: (path: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadableSource(folder, error);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && accepts(path)) files.push(path);
    else if (entry.isDirectory() && !isForeign(entry.name)) files.push(...(await sourceFilesBelow(path, accepts)));
  }
  return files;
}

/** @throws {RulesSourceError} if there is nothing at the path */
export async function isSourceFolder(path: string): Promise<boolean> {
  const kind = await stat(path).catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  return kind.isDirectory();
}

/** Such folders contain no metadata and may be large. */
function isForeign(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

function unreadableSource(path: string, error: unknown): RulesSourceError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new RulesSourceError([{ place: { file: path, line: 1 }, message: `it cannot be read (${code})` }]);
}
