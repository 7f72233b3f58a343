import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { commandLine } from '../../src/cli/commandLine.js';

describe('a command to paste', () => {
  it('names flags that have a value, and quotes only what needs it', () => {
    const flags = { member: 'HR-1', points: 3, program: 'Harbour Rewards', outbox: undefined, json: true, all: false };
    expect(commandLine('credit points', flags)).to.equal(
      "sf loyalty credit points --member HR-1 --points 3 --program 'Harbour Rewards' --json",
    );
  });

  for (const value of ["Captain's Club", '$(touch x)', '`id`', 'a"b', 'a\\b', '', '<name>', 'two\nlines', '-x', '!1']) {
    it(`means to a shell what it says: ${JSON.stringify(value)}`, () => {
      const words = commandLine('x', { key: value }).replace('sf loyalty x --key ', '');
      expect(execFileSync('sh', ['-c', `printf %s ${words}.`]).toString()).to.equal(`${value}.`);
    });
  }
});
