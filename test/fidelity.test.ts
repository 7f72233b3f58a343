import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const lines = readFileSync(join(root, 'docs/fidelity.md'), 'utf8').split('\n');

/** ``| … | Where (`emulator/loyalty/`) | … |`` names the folder of the files in the column below. */
const heading = /\| Where(?: \(`([^`]+)`\))? \|/;

describe('docs/fidelity.md', () => {
  it('says where in the code each assumption is', () => {
    const missing: string[] = [];
    let folder = '';
    let column = 0;
    for (const line of lines) {
      const cells = line.split('|');
      const found = heading.exec(line);
      if (found) {
        folder = found[1] ?? '';
        column = cells.findIndex((cell) => cell.trim().startsWith('Where'));
      }
      for (const [, file = ''] of (cells[column] ?? '').matchAll(/`([\w./]+\.ts)`/g)) {
        if (!existsSync(join(root, 'src', folder, file))) missing.push(`${folder}${file}`);
      }
    }
    expect(missing).to.deep.equal([]);
    expect(column).to.be.greaterThan(0);
  });
});
