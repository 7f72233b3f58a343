import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startDetached, stopEmulator } from '../../../src/emulator/index.js';

const emulator = pathToFileURL(join(import.meta.dirname, '../../../src/emulator/index.ts')).href;

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

describe('A local org in a separate process', function () {
  this.timeout(60_000);

  it('starts from any folder, and with any options of the calling process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-elsewhere-'));
    try {
      // Settings of somebody else's project, which are not to be found.
      await writeFile(join(folder, 'tsconfig.json'), '{ "extends": "./missing.json" }');
      const work = `const { startDetached } = await import('${emulator}');
        console.log(JSON.stringify(await startDetached({})));`;
      const args = ['--import', tsx, '--input-type=module', '--eval', work];
      const env = { ...process.env, TSX_TSCONFIG_PATH: join(import.meta.dirname, '../../../tsconfig.json') };
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
      const { url, pid } = JSON.parse(stdout) as { url: string; pid: number };
      expect(await stopEmulator(url)).to.deep.equal({ pid });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('reports the last output of a process that died', async () => {
    const { NODE_OPTIONS: before = '' } = process.env;
    process.env['NODE_OPTIONS'] = '--import=./no-such-module.mjs';
    try {
      const error: unknown = await startDetached({}).catch((reason: unknown) => reason);
      expect((error as Error).message)
        .to.match(/^The local org ended before it listened \(exit code 1\)\. Its last output:\n/)
        .and.match(/ERR_MODULE_NOT_FOUND|Cannot find module/)
        .and.include('no-such-module.mjs');
    } finally {
      process.env['NODE_OPTIONS'] = before;
    }
  });

  it('leaves no file behind', async () => {
    const ours = async (): Promise<string[]> =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('loyalty-org-'));
    const before = new Set(await ours());
    const { url } = await startDetached({});
    await stopEmulator(url);
    expect((await ours()).filter((name) => !before.has(name))).to.deep.equal([]);
  });
});
