import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stopEmulator } from '../../src/emulator/index.js';
import { SalesforceCli } from './salesforceCli.js';

const root = join(import.meta.dirname, '../..');

/** The plugin as people get it, in the CLI as they have it. */
describe('The plugin in the real sf CLI', function () {
  this.timeout(600_000);

  let packed: string;

  before('pack it', async () => {
    packed = await mkdtemp(join(tmpdir(), 'loyalty-packed-'));
    // On the Node of the tests, whichever one comes first on the PATH of the caller.
    const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
    await promisify(execFile)('npm', ['pack', '--pack-destination', packed], { cwd: root, env });
  });

  after(() => rm(packed, { recursive: true }));

  async function tarball(): Promise<string> {
    const [name = ''] = await readdir(packed);
    return `file:${join(packed, name)}`;
  }

  const ways = {
    linked: async (sf: SalesforceCli) => sf.printed(['plugins', 'link', root, '--no-install']),
    installed: async (sf: SalesforceCli) => sf.printed(['plugins', 'install', await tarball()], { stdin: 'y\n' }),
    'installed where nobody can say yes': async (sf: SalesforceCli) => {
      const name = await tarball();
      await sf.allowUnsigned(name);
      return sf.printed(['plugins', 'install', name]);
    },
  };

  for (const [how, add] of Object.entries(ways)) {
    describe(how, () => {
      let sf: SalesforceCli;

      before(async () => {
        sf = await SalesforceCli.create();
        const { stdout, stderr } = await add(sf);
        // That it is not signed is said; that something is missing must not be.
        expect(stdout + stderr).to.not.match(/prepare script|may not work as expected|Error/);
      });

      after(() => sf[Symbol.asyncDispose]());

      it('is listed with its commands', async () => {
        const { stdout } = await sf.printed(['loyalty', '--help']);
        for (const topic of ['emulator', 'enroll', 'sync']) expect(stdout).to.include(`loyalty ${topic}`);
      });

      it('starts a local org in the background and works in it, in an empty folder', async () => {
        const { status, result, message } = await sf.run('loyalty emulator start', [
          ...['--detach', '--port', '0', '--alias', 'local', '--example'],
        ]);
        expect(status, message).to.equal(0);
        try {
          const listed = await sf.run('loyalty list progress', ['--target-org', 'local']);
          expect(listed.status, listed.message).to.equal(0);
          const member = ['--member', 'HR-100001', '--target-org', 'local'];
          expect((await sf.run('loyalty list promotions', member)).status).to.equal(0);
          const stopped = await sf.run('loyalty emulator stop', ['--url', result.url]);
          expect(stopped.result).to.deep.equal({ url: result.url, pid: result.pid });
        } finally {
          await stopEmulator(result.url).catch(() => undefined);
        }
      });

      it('says why a local org does not start', async () => {
        const folder = join(sf.folder, 'no-folder');
        await sf.file('no-folder', '');
        const args = ['--detach', '--port', '0', '--data-dir', folder];
        expect((await sf.run('loyalty emulator start', args)).message).to.equal(
          `${folder} cannot be used: a file is where a folder should be.`,
        );
      });
    });
  }
});
