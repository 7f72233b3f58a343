import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** `sf loyalty enroll promotion` · `leave promotion` names two; of one word, the verb is that of the one before it. */
function namedCommands(table: string): string[] {
  return [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => {
    let verb = '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
      const words = name.replace('sf loyalty ', '').split(' ');
      verb = words.length > 1 ? (words[0] ?? '') : verb;
      return words.length > 1 ? words.join(' ') : `${verb} ${words[0] ?? ''}`;
    });
  });
}

describe('the table of features in the README', () => {
  it('names every command, once, and no other one', () => {
    const [, after = ''] = readFileSync(join(root, 'README.md'), 'utf8').split('| Command | What it does |\n');
    const [table = ''] = after.split('\n\n');
    const files = globSync('*/*.ts', { cwd: join(root, 'src/commands/loyalty') });
    const commands = files.map((file) => file.replace(/\.ts$/, '').split(/[/\\]/).join(' '));
    expect(namedCommands(table).sort()).to.deep.equal(commands.sort());
  });
});
