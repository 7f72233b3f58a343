import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readDefinition } from '../../src/program/index.js';
import type { ProgramDefinition } from '../../src/program/index.js';

const folder = join(import.meta.dirname, '../../examples/programs');

/** Returns the definitions that come with the package, by the names of their files. */
export async function readTemplates(): Promise<{ readonly name: string; readonly definition: ProgramDefinition }[]> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  const templates = files.filter((file) => file.endsWith('.yml')).sort();
  return Promise.all(
    templates.map(async (file) => {
      const { definition } = await readDefinition(join(folder, file));
      return { name: file.replace('.yml', ''), definition };
    }),
  );
}
