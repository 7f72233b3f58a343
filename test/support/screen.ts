import { expect } from 'chai';
import type { Ended } from './cli.js';

/** What a command says first if it was not told in which program to work. */
export const onlyProgram = 'Working in "Harbour Rewards", the only active program of the org.';

/**
 * Checks all that this command printed for a person in a window of 80 columns. Only a line with a command to paste can
 * be longer: a break would be pasted, too.
 */
export function expectScreen(command: string, ended: Ended, lines: readonly string[]): void {
  expect([ended.command, ended.columns]).to.deep.equal([command, 80]);
  expect(ended.stdout.split('\n'), ended.stderr).to.deep.equal([...lines, '']);
  expect(lines.filter((line) => line.length > 80 && !line.includes(' sf loyalty '))).to.deep.equal([]);
}
