import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

const outboxRoom = new URL('../../src/outbox/index.ts', import.meta.url).href;

/** Runs a program of the shell with mounts of its own. */
function withMounts(
  program: string,
  args: readonly string[],
): { readonly status: number | null; readonly stdout: string } {
  return spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', program, 'sh', ...args], { encoding: 'utf8' });
}

describe('an outbox whose file is mounted without its folder', () => {
  let folder: string;

  beforeEach(function () {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-mounted-'));
    // A container may not be allowed to mount anything.
    if (withMounts('mount --bind "$1" "$1"', [folder]).status !== 0) this.skip();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is refused, because its log and its lock would be elsewhere', async () => {
    const [path, mounted] = [join(folder, 'till.sqlite'), join(folder, 'mounted.sqlite')];
    await (await SqliteOutbox.open(path)).close();
    writeFileSync(mounted, '');
    const code = `
      const { SqliteOutbox } = await import('${outboxRoom}');
      await using outbox = await SqliteOutbox.open(process.argv[1]).catch((error) => console.log(error.name, error.path));`;
    const node = [process.execPath, ...typeScriptArgs, '--input-type=module', '--eval', code, mounted];
    const { stdout } = withMounts('mount --bind "$1" "$2"; shift 2; exec "$@"', [path, mounted, ...node]);
    expect(stdout).to.equal(`MountedOutboxError ${mounted}\n`);
  });
});
