import { expect } from 'chai';
import { glob, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshSchemas, inputSchemas, schemasDirectory } from '../scripts/generate-schemas.js';

describe('schemas', () => {
  const fresh = freshSchemas();

  it('has one for every command and every kind of input file', async () => {
    const files = await Array.fromAsync(glob('**/*.ts', { cwd: join(import.meta.dirname, '../src/commands') }));
    const expected = files.map((file) => file.replace(/\.ts$/, '.json').replaceAll(/[\\/]/g, '-'));
    expect([...fresh.keys()].sort()).to.deep.equal(
      [...expected, ...Object.keys(inputSchemas).map((name) => `${name}.json`)].sort(),
      'each command has its result in src/cli/results/index.ts',
    );
  });

  it('matches the result types of the commands', async () => {
    const files = await readdir(schemasDirectory);
    const stored = new Map<string, string>();
    for (const file of files) stored.set(file, await readFile(join(schemasDirectory, file), 'utf8'));
    expect(Object.fromEntries(stored)).to.deep.equal(Object.fromEntries(fresh), 'run `npm run schemas`');
  });
});
