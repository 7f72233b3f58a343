import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { fileProblem } from '../../src/base/files/fileProblem.js';
import { makeFolder } from '../../src/base/files/makeFolder.js';

describe('a folder that we make', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'folder-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function problemOf(path: string): unknown {
    try {
      makeFolder(path);
      return undefined;
    } catch (error) {
      return fileProblem(error);
    }
  }

  it('is private, like the new folders above it, and may already exist', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(folder, 'deep', 'er');
    makeFolder(path);
    makeFolder(path);
    const modes = [path, join(folder, 'deep')].map(async (each) => (await stat(each)).mode & 0o777);
    expect(await Promise.all(modes)).to.deep.equal([0o700, 0o700]);
  });

  it('is refused by name if a file is in its way', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const reason = 'a file is where a folder should be';
    expect(problemOf(file)).to.deep.equal({ path: file, reason });
    expect(problemOf(join(file, 'below'))).to.deep.equal({ path: file, reason });
  });

  it('is refused by name if a link leads nowhere', async () => {
    const link = join(folder, 'link');
    await symlink(join(folder, 'nowhere'), link);
    const reason = 'it is a link that leads nowhere';
    for (const path of [link, join(link, 'below')]) {
      expect(problemOf(path)).to.deep.equal({ path: link, reason });
    }
  });

  it('is refused by name if the system answers "no such file", and does not hang', async function () {
    if (process.platform !== 'linux') this.skip();
    // In a separate process, because a call that never returns would block the test.
    const module = join(import.meta.dirname, '../../src/base/files/makeFolder.ts');
    const code = `import { makeFolder } from ${JSON.stringify(module)};
      try { makeFolder('/proc/nope/deep'); } catch (error) { console.log(error.message, error.code, error.path); }`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
    expect(stdout).to.equal('No folder can be made at /proc/nope. ENOTSUP /proc/nope\n');
  });
});
