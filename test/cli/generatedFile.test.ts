import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLines } from '../../src/cli/generatedFile.js';

describe('a generated file', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-generated-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('has all lines', async () => {
    const file = join(folder, 'feed.csv');
    const lines = Array.from({ length: 50_000 }, (_, index) => `row ${index}\n`);
    await writeLines(file, lines, new AbortController().signal);
    expect(await readFile(file, 'utf8')).to.equal(lines.join(''));
  });

  it('stays as it was when the command is interrupted', async () => {
    const file = join(folder, 'feed.csv');
    await writeFile(file, 'before');
    const controller = new AbortController();
    function* endless(): Generator<string> {
      for (let row = 0; ; row++) {
        if (row === 100_000) controller.abort();
        yield `row ${row}\n`;
      }
    }
    const failure = await writeLines(file, endless(), controller.signal).catch((error: unknown) => error);
    expect(failure).to.include({ name: 'InterruptedError', exitCode: 130 });
    expect(await readFile(file, 'utf8')).to.equal('before');
    expect(await readdir(folder)).to.deep.equal(['feed.csv']);
  });
});
