import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

// npm has to run on the same Node as the tests, whichever one comes first on the PATH of the caller.
const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
const npm = (cwd: string, ...args: string[]) => run('npm', args, { cwd, env, shell: process.platform === 'win32' });

/** Packing cleans and builds `lib/`, which other tests are using, so it works on a copy. */
async function copyTree(target: string): Promise<void> {
  const left = new Set(['.git', 'lib', 'node_modules']);
  await mkdir(target);
  for (const name of await readdir(root)) {
    if (!left.has(name)) await cp(join(root, name), join(target, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(target, 'node_modules'), 'junction');
}

/** Imports a module and tells every file that was loaded for it, ESM or CommonJS. */
const probe = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  const names = Object.keys(await import(process.argv[1]));
  console.log(JSON.stringify({ names, loaded }));
`;

/** What each door is opened for, among other things. */
const doors = {
  'sf-plugin-loyalty': ['LoyaltyClient'],
  'sf-plugin-loyalty/sync': ['startSync', 'SqliteOutbox'],
  'sf-plugin-loyalty/door': ['HttpDoor', 'signRequest'],
  'sf-plugin-loyalty/insight': ['openInsight', 'refreshCache', 'programReport', 'readPeriod'],
  'sf-plugin-loyalty/rules': ['loadProgramRules', 'checkReferences', 'lintRules', 'ProcessRunner'],
  'sf-plugin-loyalty/emulator': ['Emulator', 'startDetached', 'stopEmulator'],
  'sf-plugin-loyalty/program': [
    ...['createProgram', 'createExample', 'harbourFeed', 'generateMembers', 'harbourRewards'],
    ...['readDefinition', 'planProgram', 'applyPlan', 'exportProgram', 'transactionFeed', 'seedOrg', 'seedFolder'],
  ],
};

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
    const tree = join(home, 'tree');
    await copyTree(tree);
    await npm(tree, 'pack', '--pack-destination', home);
    await rm(tree, { recursive: true });
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

  it('says of each of its files and folders that it is there, as sf does after an install', async () => {
    const { files } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { files: string[] };
    expect(files.filter((entry) => !existsSync(join(installed, entry)))).to.deep.equal([]);
    const shipped = await readdir(installed, { recursive: true });
    expect(shipped.filter((name) => name.endsWith('.tsbuildinfo'))).to.deep.equal([]);
  });

  it('says what to do in a clone that is not built', async () => {
    const clone = join(home, 'clone');
    await cp(join(root, 'bin'), join(clone, 'bin'), { recursive: true });
    await writeFile(join(clone, 'package.json'), '{ "type": "module" }');
    await symlink(join(home, 'node_modules'), join(clone, 'node_modules'), 'junction');
    const args = [join(clone, 'bin', 'run.js'), 'loyalty', 'emulator', 'start'];
    const failure: unknown = await run(process.execPath, args).catch((error: unknown) => error);
    expect(failure).to.deep.include({
      code: 1,
      stdout: '',
      stderr: 'This clone is not built yet: lib/ is missing. Run "npm run build" first, or use bin/dev.js.\n',
    });
  });

  it('has every file that its doors name', async () => {
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    const targets = Object.values<string | Record<string, string>>(exports).flatMap((door) =>
      typeof door === 'string' ? [door] : Object.values(door),
    );
    expect(targets.filter((target) => !existsSync(join(installed, target)))).to.deep.equal([]);
  });

  for (const [door, names] of Object.entries(doors)) {
    it(`opens ${door}`, async () => {
      expect((await load(door)).names).to.include.members(names);
    });
  }

  it('records no metrics, and does not fail, without @opentelemetry/api', async () => {
    expect(existsSync(join(home, 'node_modules/@opentelemetry'))).to.equal(false);
    const recording = `
      const { recordSyncMetrics } = await import('sf-plugin-loyalty/sync');
      (await recordSyncMetrics())[Symbol.dispose]();`;
    const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', recording], { cwd: home });
    expect(stderr).to.equal('');
  });

  it('loads fastify for ./door, and not for ./sync', async () => {
    const fastify = /node_modules\/fastify\//;
    const { loaded } = await load('sf-plugin-loyalty/sync');
    expect((await load('sf-plugin-loyalty/door')).loaded.join('\n')).to.match(fastify);
    expect(loaded.filter((url) => fastify.test(url))).to.deep.equal([]);
  });

  it('loads neither @salesforce/core nor oclif for ./sync', async () => {
    const cliStack = /node_modules\/(@salesforce\/core|@salesforce\/sf-plugins-core|@oclif\/[^/]+)\//;
    // Without this line the next one would also pass when the probe sees nothing.
    expect((await load('@salesforce/sf-plugins-core')).loaded.join('\n')).to.match(/@salesforce\/core\/lib\/sfError/);
    expect((await load('sf-plugin-loyalty/sync')).loaded.filter((url) => cliStack.test(url))).to.deep.equal([]);
  });
});
