import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, delimiter } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { SyncResult } from '../../src/cli/sync/syncResult.js';
import { Cli } from '../support/cli.js';
import { shippedPlugin } from '../support/shippedPlugin.js';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

describe('docs/ci.md', function () {
  this.timeout(120_000);

  let page: string;

  before(async () => {
    page = await readFile(join(root, 'docs/ci.md'), 'utf8');
  });

  /** Returns the script or file of the page that begins with this name. */
  function block(name: string): string {
    const [found] = [...page.matchAll(/```\w+\n(?<text>[^`]+)```/g)].filter(({ groups }) =>
      groups?.['text']?.startsWith(`# ${name}\n`),
    );
    return found?.groups?.['text'] ?? expect.fail(`no block ${name}`);
  }

  it('has a script for the local org that seeds it, runs tests against it, keeps results, and leaves nothing', async () => {
    await using cli = await Cli.create();
    const bin = cli.path('bin');
    await mkdir(bin);
    await executable(join(bin, 'sf'), `exec '${process.execPath}' '${join(cli.plugin, 'bin/run.js')}' "$@"`);
    // The tests of a team: they see the org that is seeded.
    await executable(join(bin, 'npm'), 'sf loyalty display member --member HR-100001 --json > member.json');
    await cp(join(root, 'examples/seed'), cli.path('seeds'), { recursive: true });
    const script = await cli.file('local-org.sh', block('ci/local-org.sh'));
    const port = await freePort();
    const env = {
      ...{ PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter), LOYALTY_PORT: String(port) },
      ...{ HOME: cli.home, TMPDIR: tmpdir(), NODE_COMPILE_CACHE: join(cli.plugin, 'compiled'), LC_ALL: 'en_US.UTF-8' },
      ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true' },
    };
    const { stdout } = await run('sh', [script], { cwd: cli.home, env });

    expect(stdout).to.contain('Members: done. 40 enrolled');
    expect(stdout).to.contain(`The local org at http://127.0.0.1:${port}`);
    expect(await readFile(cli.path('results/summary.md'), 'utf8')).to.contain('| history | done |');
    expect(await readFile(cli.path('results/junit.xml'), 'utf8')).to.match(/<testsuites [^>]*failures="0" errors="0"/);
    const report = SyncResult.parse(await resultIn(cli.path('results/sync-report.json')));
    expect(report.counts.items).to.include({ done: 300 });
    expect(await resultIn(cli.path('results/progress.json'))).to.have.property('records').that.is.not.empty;
    expect(await resultIn(cli.path('member.json'))).to.have.nested.property('program', 'Summit Club');
    const asked = await fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => error);
    expect(asked, 'the org has stopped').to.be.instanceOf(Error);
  });

  for (const name of ['ci/local-org.sh', 'ci/scratch-org.sh']) {
    it(`has only commands and flags in ${name} that there are`, async () => {
      const script = block(name);
      await run('bash', ['-n', '-c', script]);
      const lines = script.match(/sf loyalty [^\n']+/g) ?? [];
      expect(lines).to.have.lengthOf.above(3);
      for (const line of lines) await expectKnown(line);
    });
  }

  it('has a workflow that runs both scripts', () => {
    const { jobs } = parse(block('.github/workflows/loyalty.yml')) as {
      jobs: Record<string, { steps: Array<{ run?: string }> }>;
    };
    const runs = Object.values(jobs).map(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(runs[0]).to.include('sh ci/local-org.sh');
    expect(runs[1]).to.include('sh ci/scratch-org.sh');
  });

  it('names a scratch definition that is JSON with features', async () => {
    const definition = JSON.parse(await readFile(join(root, 'config/loyalty-scratch-def.json'), 'utf8')) as object;
    expect(definition).to.have.property('features').that.includes('LoyaltyEngine');
  });
});

type CommandFlags = Readonly<Record<string, { readonly type: string; readonly required?: boolean }>>;

/** Returns the flags of a command, from the manifest with which it is shipped. */
async function flagsOf(command: string): Promise<CommandFlags> {
  const text = await readFile(join(await shippedPlugin(), 'oclif.manifest.json'), 'utf8');
  const { commands } = JSON.parse(text) as { commands: Record<string, { flags: CommandFlags }> };
  return commands[`loyalty:${command}`]?.flags ?? expect.fail(`no command ${command}`);
}

/** Checks the flags of a line such as `sf loyalty seed org --folder seeds > file`. */
async function expectKnown(line: string): Promise<void> {
  const [, , verb, noun, ...words] = line.replace(/ >.*/, '').split(' ');
  const flags = await flagsOf(`${verb}:${noun}`);
  const names = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const known = [...Object.keys(flags), 'json'];
  expect(known, line).to.include.members(names);
  const required = Object.entries(flags).filter(([name, flag]) => flag.required === true && name !== 'target-org');
  expect(names, line).to.include.members(required.map(([name]) => name));
  for (const name of names) {
    const next = words[words.indexOf(`--${name}`) + 1];
    const hasValue = next !== undefined && !next.startsWith('--');
    expect(hasValue, `${line}: the value of --${name}`).to.equal(name !== 'json' && flags[name]?.type === 'option');
  }
}

async function executable(path: string, line: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}

async function resultIn(file: string): Promise<unknown> {
  return (JSON.parse(await readFile(file, 'utf8')) as { result: unknown }).result;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : expect.fail('no port');
}
