import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../src/emulator/org.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/emulator.md'), 'utf8');
const [, section = ''] = page.split('\n## Settings\n');
const [table = ''] = section.split('\n## ');

/** In the column of options: a row may name several, of which only the first has the prefix. */
const named = table
  .split('\n')
  .map((row) => row.split(' | ')[1] ?? '')
  .filter((cell) => cell.includes('settings.'))
  .flatMap((cell) => cell.split(':')[0]?.match(/(?<=`(?:settings\.)?)\w+(?=`)/g) ?? []);

describe('the table of settings in docs/emulator.md', () => {
  it('has a row for each setting of an org, and no others', () => {
    expect(named).to.have.members(Object.keys(defaultSettings));
  });
});
