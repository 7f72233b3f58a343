import { statSync } from 'node:fs';

/** Adds up the sizes of these files, as far as they exist. */
export function fileBytes(...paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
