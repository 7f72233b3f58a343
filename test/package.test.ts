import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

// npm has to run on the same Node as the tests, whichever one comes first on the PATH of the caller.
const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
const npm = (cwd: string, ...args: string[]) => run('npm', args, { cwd, env, shell: process.platform === 'win32' });

/** Imports a module and tells every file that was loaded for it, ESM or CommonJS. */
const probe = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  const names = Object.keys(await import(process.argv[1]));
  console.log(JSON.stringify({ names, loaded }));
`;

describe('the published package', function () {
  this.timeout(300_000);

  let home: string;
  let installed: string;

  /** Loads a specifier as a program that depends on the package would. */
  async function load(specifier: string): Promise<{ names: string[]; loaded: string[] }> {
    const args = ['--no-warnings', '--input-type=module', '--eval', probe, specifier];
    const { stdout } = await run(process.execPath, args, { cwd: home });
    return JSON.parse(stdout) as { names: string[]; loaded: string[] };
  }

  before('pack it and install it in an empty folder', async () => {
    home = await mkdtemp(join(tmpdir(), 'sf-plugin-loyalty-'));
    installed = join(home, 'node_modules', 'sf-plugin-loyalty');
    await npm(root, 'pack', '--pack-destination', home);
    const [tarball = ''] = await readdir(home);
    await writeFile(join(home, 'package.json'), '{ "private": true }');
    await npm(home, 'install', `./${tarball}`, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  });

  after(() => rm(home, { recursive: true, force: true }));

  it('brings messages, schemas and the manifest of commands, and no sources', async () => {
    const contents = await readdir(installed);
    expect(contents).to.include.members(['lib', 'messages', 'schemas', 'oclif.manifest.json', 'LICENSE']);
    expect(contents).to.not.include.members(['src', 'test']);
    for (const folder of ['messages', 'schemas']) {
      expect(await readdir(join(installed, folder))).to.deep.equal(await readdir(join(root, folder)));
    }
  });

  it('has every file that its doors name', async () => {
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    const targets = Object.values<string | Record<string, string>>(exports).flatMap((door) =>
      typeof door === 'string' ? [door] : Object.values(door),
    );
    expect(targets.filter((target) => !existsSync(join(installed, target)))).to.deep.equal([]);
  });

  for (const door of ['sf-plugin-loyalty', 'sf-plugin-loyalty/sync', 'sf-plugin-loyalty/emulator']) {
    it(`opens ${door}`, async () => {
      expect((await load(door)).names).to.not.be.empty;
    });
  }

  it('loads neither @salesforce/core nor oclif for ./sync', async () => {
    const cliStack = /node_modules\/(@salesforce\/core|@salesforce\/sf-plugins-core|@oclif\/[^/]+)\//;
    // Without this line the next one would also pass when the probe sees nothing.
    expect((await load('@salesforce/sf-plugins-core')).loaded.join('\n')).to.match(/@salesforce\/core\/lib\/sfError/);
    expect((await load('sf-plugin-loyalty/sync')).loaded.filter((url) => cliStack.test(url))).to.deep.equal([]);
  });
});
