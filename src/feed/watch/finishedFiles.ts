import { readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';

/** A file in a watched folder that has its marker. */
export interface MarkedFile {
  readonly path: string;
  /** Changes if the file is written again. */
  readonly version: string;
  /** Whether it was written after its marker, so that it may not be complete. */
  readonly isNewer: boolean;
}

/**
 * Returns the files of a folder that have a marker beside them, in the order of their names. A marker without a file
 * counts for nothing.
 * @throws {Error} if the folder cannot be read
 */
export async function markedFiles(folder: string, suffix: string): Promise<MarkedFile[]> {
  const names = new Set(await readdir(folder));
  const marked = [...names].filter((name) => names.has(`${name}${suffix}`)).sort();
  const found = await Promise.all(marked.map((name) => markedFile(join(folder, name), suffix)));
  return found.filter((file) => file !== undefined);
}

/** Undefined if the file or its marker has been removed meanwhile. */
async function markedFile(path: string, suffix: string): Promise<MarkedFile | undefined> {
  const [file, marker] = await Promise.all([path, `${path}${suffix}`].map(statsOf));
  if (file === undefined || marker === undefined) return undefined;
  const { ino, size, mtimeMs } = file;
  return { path, version: `${ino} ${size} ${mtimeMs}`, isNewer: mtimeMs > marker.mtimeMs };
}

function statsOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
