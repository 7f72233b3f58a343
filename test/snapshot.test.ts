import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { commandsPage, freshCommandsPage } from '../scripts/generate-commands-page.js';

const root = join(import.meta.dirname, '..');

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(join(root, file), 'utf8')) as T;

interface Topics {
  oclif: { topics: { loyalty: { subtopics: Record<string, { description: string }> } } };
}

describe('command snapshot', () => {
  it('matches the commands, so that nothing a script relies on changes unseen', async () => {
    // bin/dev.js reads src/, so a stale lib/ can neither hide nor invent a change.
    const compare = spawn(process.execPath, ['bin/dev.js', 'snapshot', 'compare'], { cwd: root });
    const [output, errors, [code]] = await Promise.all([
      text(compare.stdout),
      text(compare.stderr),
      once(compare, 'close'),
    ]);
    expect(code, `${output}${errors}\nIf this is meant, run \`npm run snapshot\`.`).to.equal(0);
  });

  it('is told by docs/commands.md', async () => {
    const page = await readFile(commandsPage, 'utf8');
    expect(page, 'If this is meant, run `npm run commands-page`.').to.equal(await freshCommandsPage());
  });

  it('has every command file, since oclif only warns about one that does not load', async () => {
    const files = await Array.fromAsync(glob('**/*.ts', { cwd: join(root, 'src/commands') }));
    const expected = files.map((file) => file.replace(/\.ts$/, '').replaceAll(/[\\/]/g, ':'));
    const commands = await readJson<{ command: string }[]>('command-snapshot.json');
    expect(commands.map(({ command }) => command).sort()).to.deep.equal(expected.sort());
  });

  it('has a topic with a description for every verb, and for nothing that is not there', async () => {
    const commands = await readJson<{ command: string }[]>('command-snapshot.json');
    const { oclif } = await readJson<Topics>('package.json');
    const verbs = new Set(commands.map(({ command }) => command.split(':')[1]));
    expect(Object.keys(oclif.topics.loyalty.subtopics)).to.have.members([...verbs]);
  });

  it('has examples that still work when they are pasted: the help breaks lines at any blank, also a quoted one', async () => {
    for await (const file of glob('messages/*.md', { cwd: root })) {
      const lines = (await readFile(join(root, file), 'utf8')).split('\n');
      const commands = lines.filter((line) => line.trimStart().startsWith('<%= config.bin %>'));
      expect(
        commands.filter((line) => /(["'])[^"']* [^"']*\1/.test(line.replaceAll(/<%.*?%>/g, ''))),
        file,
      ).to.deep.equal([]);
    }
  });
});
