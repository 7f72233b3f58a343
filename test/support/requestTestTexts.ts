import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'client');

/** The files that hold requests of the client against literal ones. */
export function requestTestTexts(): string[] {
  return globSync('*equests.test.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** The path with values in it, as a request test writes it. */
export function literalPath(path: string): RegExp {
  const pattern = path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, `[^/'"\`?{}$]+`);
  return new RegExp(`['"\`]${pattern}['"\`?]`);
}
