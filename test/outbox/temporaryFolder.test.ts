import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.js';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { inTemporaryFolder } from '../../src/outbox/sqlite/temporaryFolder.js';
import { MemoryLog } from './memoryLog.js';
import { OtherProcess } from './otherProcess.js';
import { ownTemporaryFolder } from './ownTemporaryFolder.js';

describe('the folders of copies of outboxes', function () {
  this.timeout(60_000);

  const temporary = ownTemporaryFolder();

  const folders = async (): Promise<string[]> =>
    (await readdir(temporary())).filter((name) => name.startsWith('loyalty-outbox-')).toSorted();

  /** A process that has a copy. Returns the name of its folder. */
  async function copying(): Promise<{ other: OtherProcess; name: string }> {
    const path = JSON.stringify(join(temporary(), 'till.sqlite'));
    const before = new Set(await folders());
    const other = new OtherProcess(`
      forEver(await SqliteOutbox.copyOf(${path}));
      say('copied');`);
    await other.said();
    return { other, name: String((await folders()).find((name) => !before.has(name))) };
  }

  it('are removed by the next process when theirs was killed, and stay as long as it lives', async () => {
    const [killed, living] = [await copying(), await copying()];
    await using _living = living.other;
    await killed.other.kill();
    expect(await folders()).to.have.members([killed.name, living.name]);
    await using own = await SharedOutbox.open(new MemoryLog(systemClock));
    const before = await folders();
    expect(before).to.have.lengthOf(2).and.include(living.name);
    // Also of the same process.
    await (await SharedOutbox.open(new MemoryLog(systemClock))).close();
    expect(await folders()).to.deep.equal(before);
    await own.runs.begin({ program: 'Harbour Rewards' });
  });

  it('stay if nobody knows whether they are left', async () => {
    // Of a process that has just begun, of an earlier version, and what is not a folder.
    const begun = join(temporary(), 'loyalty-outbox-begun');
    const earlier = join(temporary(), 'loyalty-outbox-earlier');
    for (const each of [begun, earlier]) await mkdir(each);
    await writeFile(join(begun, 'copy-lock'), '');
    await writeFile(join(earlier, 'outbox.sqlite'), '');
    await writeFile(join(temporary(), 'loyalty-outbox-file'), '');
    await (await SqliteOutbox.copyOf(join(temporary(), 'till.sqlite'))).close();
    expect(await folders()).to.have.lengthOf(3);
    expect(await readdir(earlier)).to.deep.equal(['outbox.sqlite']);
  });

  it('are locked before there is anything in them, and go with what is in them', async () => {
    await inTemporaryFolder(async (own, cleanUp) => {
      await writeFile(join(own, 'outbox.sqlite'), '');
      await inTemporaryFolder(async (_other, end) => end());
      expect(existsSync(join(own, 'outbox.sqlite'))).to.equal(true);
      cleanUp();
      cleanUp();
    });
    expect(await folders()).to.deep.equal([]);
  });
});
