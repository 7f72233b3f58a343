import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityPage, freshFidelityPage, hasEvidence, probesOf, rowsOf } from '../scripts/fidelity-figures.js';
import { allProbes } from '../src/verify/index.js';

const root = join(import.meta.dirname, '..');
const page = readFileSync(fidelityPage, 'utf8');
const lines = page.split('\n');
const rows = rowsOf(page);

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

  it('names the evidence for each assumption', () => {
    expect(rows.filter((row) => !hasEvidence(row)).map(({ assumption }) => assumption)).to.deep.equal([]);
    expect(rows.length).to.be.greaterThan(100);
  });

  it('names an existing probe for each assumption, or says what a person must do', () => {
    const ids = new Set(allProbes.map(({ id }) => id));
    const wrong = rows.filter((row) => {
      const probes = probesOf(row);
      const byHand = /by hand: \S/.test(row.howToFindOut);
      return (probes.length === 0 && !byHand) || probes.some((id) => !ids.has(id));
    });
    expect(wrong.map(({ assumption }) => assumption)).to.deep.equal([]);
  });

  it('names every probe, and each has its own id', () => {
    const named = new Set(rows.flatMap(probesOf));
    const ids = allProbes.map(({ id }) => id);
    expect(ids.filter((id) => !named.has(id))).to.deep.equal([]);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('starts with up-to-date figures (npm run figures)', async () => {
    expect(await freshFidelityPage(page)).to.equal(page);
  });
});
