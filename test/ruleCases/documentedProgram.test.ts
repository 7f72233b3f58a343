import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readDefinition } from '../../src/program/index.js';
import { readRuleCases, testProgramRules } from '../../src/ruleCases/index.js';

describe('the small program of docs/rules.md', () => {
  let folder: string;

  /** Writes what the commands of the page write. */
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-documented-'));
    const page = await readFile(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
    const written = page.matchAll(/^cat > (\S+) <<'END'\n(.*?)^END$/gms);
    for (const [, file = '', text = ''] of written) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
  });

  after(() => rm(folder, { recursive: true }));

  it('passes its cases, which cover all of it', async () => {
    const { definition } = await readDefinition(join(folder, 'program.yml'));
    const cases = await readRuleCases(join(folder, 'cases.yml'));
    const { results, coverage } = await testProgramRules({ cases, definition, source: join(folder, 'rules') });
    expect(results.map(({ failures }) => failures)).to.deep.equal([[], []]);
    expect(coverage.percent).to.equal(100);
  });
});
