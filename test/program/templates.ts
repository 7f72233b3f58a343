import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ProgramDefinition } from '../../src/program/index.js';

const folder = join(import.meta.dirname, '../../examples/programs');

/** Returns the definitions that come with the package, by the names of their files. */
export async function readTemplates(): Promise<{ readonly name: string; readonly definition: ProgramDefinition }[]> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  const templates = files.filter((file) => file.endsWith('.yml')).sort();
  return Promise.all(
    templates.map(async (file) => {
      const definition = ProgramDefinition.parse(parse(await readFile(join(folder, file), 'utf8')));
      return { name: file.replace('.yml', ''), definition };
    }),
  );
}
