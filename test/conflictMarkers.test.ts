import { expect } from 'chai';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('texts of the project', () => {
  it('have no markers of a merge that was not finished', async () => {
    const marked: string[] = [];
    for await (const file of glob(['*.md', '{docs,messages,bench,examples}/**/*.{md,yml,json}'], { cwd: root })) {
      const lines = (await readFile(`${root}/${file}`, 'utf8')).split('\n');
      if (lines.some((line) => /^(<{7}|>{7}) /.test(line))) marked.push(file);
    }
    expect(marked).to.deep.equal([]);
  });
});
