import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Emulator } from '../src/emulator/index.js';
import { exampleOrg } from '../src/program/index.js';
import { Cli } from './support/cli.js';

const root = join(import.meta.dirname, '..');
const block = /```\n\$ sf loyalty (?<line>[^\n]+) --target-org local\n(?<output>[^`]+)```/g;

describe('the output in the README', function () {
  this.timeout(60_000);

  it('is what the commands print, apart from days and other numbers', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const shown = [...readme.matchAll(block)].map(({ groups }) => groups);
    await using org = await Emulator.start({ seed: exampleOrg, source: join(root, 'force-app') });
    await using cli = await Cli.create();
    const names: string[] = [];
    for (const { line = '', output = '' } of shown.map((each) => each ?? {})) {
      const [verb, noun, ...args] = line.split(' ');
      names.push(`${verb} ${noun}`);
      const { stdout } = await cli.run(`${verb} ${noun}`, args, { org, columns: 80 });
      expect(comparable(stdout), line).to.equal(comparable(output));
    }
    expect(names).to.deep.equal(['display member', 'list progress', 'check org']);
  });
});

/** Dates are those of today, and their lengths decide how wide a table is and where a line ends. */
function comparable(output: string): string {
  return output
    .replaceAll(/\d[\d.,/]*\d|\d/g, '0')
    .replaceAll(/─+/g, '─')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
