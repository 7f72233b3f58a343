import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { fileProblem } from '../../src/base/files/fileProblem.js';
import { mustTakeFile, replaceFile } from '../../src/base/files/replaceFile.js';
import { failureOf } from '../client/loopback.js';

describe('a file that we write', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replace-'));
    path = join(folder, 'results.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const isPosix = process.platform !== 'win32';

  it('is private, whatever the umask and the mode of the file that it replaces', async () => {
    await writeFile(path, 'before', { mode: 0o666 });
    const umask = process.umask(0o277);
    try {
      await replaceFile(path, 'after');
    } finally {
      process.umask(umask);
    }
    expect(await readFile(path, 'utf8')).to.equal('after');
    if (isPosix) expect((await stat(path)).mode & 0o777).to.equal(0o600);
  });

  it('replaces a link, and leaves the target of the link unchanged', async function () {
    if (!isPosix) this.skip();
    const victim = join(folder, 'victim.txt');
    await writeFile(victim, 'mine');
    await symlink(victim, path);
    await replaceFile(path, 'results');
    expect(await readFile(victim, 'utf8')).to.equal('mine');
    expect((await lstat(path)).isSymbolicLink()).to.equal(false);
    expect(await readFile(path, 'utf8')).to.equal('results');
  });

  it('leaves the old file and nothing else behind when it cannot be completed', async () => {
    await writeFile(path, 'before');
    async function* broken(): AsyncIterable<string> {
      yield 'half';
      throw new Error('The rows end here.');
    }
    for (const failing of [
      () => replaceFile(path, [Readable.from(broken())]),
      () =>
        replaceFile(path, 'whole', () => {
          throw new Error('It is none.');
        }),
    ]) {
      expect(await failureOf(failing())).to.be.instanceOf(Error);
      expect(await readFile(path, 'utf8')).to.equal('before');
      expect(await readdir(folder)).to.deep.equal(['results.csv']);
    }
  });

  it('never replaces a folder, a device or a pipe, and names the path', async function () {
    if (!isPosix) this.skip();
    await mkdir(path);
    const device = join(folder, 'device');
    await symlink('/dev/null', device);
    for (const [wanted, problem] of [
      [path, { reason: 'it is a folder' }],
      [device, { reason: 'it is a device or a pipe' }],
      [
        join(folder, 'none', 'results.csv'),
        { reason: 'its folder does not exist', missingFolder: join(folder, 'none') },
      ],
    ] as const) {
      for (const write of [() => replaceFile(wanted, 'x'), () => mustTakeFile(wanted)]) {
        expect(fileProblem(await failureOf(write()))).to.deep.equal({ path: wanted, ...problem });
      }
    }
    expect((await readdir(folder)).sort()).to.deep.equal(['device', 'results.csv']);
  });

  it('says that a folder takes no files', async function () {
    if (process.platform !== 'linux') this.skip();
    const refused = await failureOf(mustTakeFile('/proc/x'));
    expect(fileProblem(refused)).to.deep.equal({ path: '/proc/x', reason: 'no file can be made in its folder' });
  });

  it('can be tried beforehand, which changes nothing', async () => {
    await writeFile(path, 'before');
    await mustTakeFile(path);
    expect(await readFile(path, 'utf8')).to.equal('before');
    expect(await readdir(folder)).to.deep.equal(['results.csv']);
  });
});
