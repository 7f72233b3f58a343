import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { EmulatorStartResult } from '../../src/cli/results/emulatorResults.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, resultOf } from '../support/cli.js';
import { cups, feedOf, harbourMap } from '../support/cliFeed.js';

describe('printed commands, pasted into a shell', function () {
  this.timeout(180_000);

  let cli: Cli;
  let url: string;
  /** A path that could run something, and that moves the cursor. */
  let outbox: string;

  before(async () => {
    cli = await Cli.create();
    const started = await cli.run('emulator start', [
      '--detach',
      '--port',
      '0',
      '--alias',
      'shop',
      '--example',
      '--json',
    ]);
    ({ url } = resultOf(started, EmulatorStartResult));
    const folder = cli.path(`it's $(touch PWNED) \x1b[2J\n\`touch PWNED\` "!x`);
    await mkdir(folder);
    outbox = `${folder}/o.sqlite`;
  });

  after(async () => {
    await cli.run('emulator stop', ['--url', url]);
    await cli[Symbol.asyncDispose]();
  });

  /** Pastes the commands of these lines into a shell, and returns the arguments that each of them receives. */
  async function pasted(printed: string): Promise<string[][]> {
    const commands = printed.split('\n').flatMap((line) => /sf loyalty .*$/.exec(line) ?? []);
    const words = commands.map((command) => {
      const output = execFileSync('/bin/sh', ['-c', `sf() { printf '%s\\0' "$@"; }\n${command}`], { cwd: cli.home });
      return output.toString().split('\0').slice(0, -1);
    });
    expect(await readdir(cli.home)).to.not.include('PWNED');
    return words;
  }

  const org = ['--target-org', 'shop'];
  const username = 'shop@local-org.example';

  it('continue the work, whatever the path of the outbox, the keys and the members are', async () => {
    const first = await cli.file(
      'first.csv',
      feedOf([...cups(['HR-100001'], 1), ...cups(['nobody $(touch PWNED)'], 2)]),
    );
    const args = ['--map', harbourMap, '--outbox', outbox, '--program', harbourRewards.name, ...org];
    const started = await cli.run('sync start', ['--file', first, ...args]);
    expect(started.code).to.equal(68);
    expect(await pasted(started.stdout)).to.deep.equal([
      ['loyalty', 'sync', 'retry', '--outbox', outbox, '--target-org', username],
      [
        ...['loyalty', 'sync', 'start', '--file', first, '--map', harbourMap, '--source', 'harbour'],
        ...['--program', harbourRewards.name, '--outbox', outbox, '--target-org', username],
      ],
    ]);
    const [changed = ''] = cups(['HR-100001'], 1).map((row) => row.replace(',3.4,', ',9.9,'));
    const second = await cli.file('second.csv', feedOf([changed]));
    const conflicting = await cli.run('sync start', ['--file', second, ...args]);
    const [, ...keep] = (await pasted(conflicting.stdout)).find((words) => words.includes('--keep-org')) ?? [];
    expect(keep).to.include.members([outbox, username]);
    const [verb = '', noun = '', ...flags] = keep;
    expect((await cli.run(`${verb} ${noun}`, flags)).code).to.equal(0);
  });

  it('create what is missing: an outbox, a run, a member', async () => {
    const nowhere = `${outbox}.none`;
    const none = await cli.run('sync report', ['--outbox', nowhere, ...org]);
    expect(await pasted(none.stderr)).to.deep.equal([
      ['loyalty', 'sync', 'start', '--file', 'FILE', '--map', 'MAP', '--outbox', nowhere, '--target-org', username],
    ]);
    const key = ['--key', 'k', '--outbox', nowhere, '--program', harbourRewards.name];
    await cli.run('credit points', ['--member', 'HR-100001', '--points', '1', ...key, ...org]);
    const noRun = await cli.run('sync report', ['--outbox', nowhere, ...org]);
    expect((await pasted(noRun.stderr)).flat()).to.include.members(['start', nowhere, username]);
    const member = 'X`touch PWNED`';
    const unknown = await cli.run('list progress', ['--member', member, '--program', harbourRewards.name, ...org]);
    expect(await pasted(unknown.stderr)).to.deep.equal([
      [
        ...['loyalty', 'enroll', 'member', '--program', harbourRewards.name, '--member', member],
        ...['--last-name', 'LAST_NAME', '--target-org', username],
      ],
    ]);
  });
});
