import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { MemoryLog } from './memoryLog.js';
import { chunk } from './outboxFixture.js';
import { ownTemporaryFolder } from './ownTemporaryFolder.js';

/** As systems do that clean up their folder for temporary files. */
const cleanUps: Readonly<Record<string, (folder: string) => void>> = {
  'the file of the copy': (folder) => {
    rmSync(join(folder, 'outbox.sqlite'));
  },
  'all files of the copy': (folder) => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  },
  'the folder of the copy': (folder) => {
    rmSync(folder, { recursive: true });
  },
};

describe('a copy of a shared outbox that was removed from the folder for temporary files', () => {
  const temporary = ownTemporaryFolder();

  for (const [what, cleanUp] of Object.entries(cleanUps)) {
    it(`is read again, and stores nothing that does not follow: ${what}`, async () => {
      const log = new MemoryLog(systemClock);
      await using writer = await SharedOutbox.open(log);
      const { id } = await writer.runs.begin({});
      await writer.intake.accept(chunk(id, purchases(3, ['A1', 'B2'])));
      const others = new Set(readdirSync(temporary()));
      await using standby = await SharedOutbox.open(log);
      for (const name of readdirSync(temporary())) if (!others.has(name)) cleanUp(join(temporary(), name));
      // It only adds a row, which would fit into an empty outbox, too.
      await writer.sources.remember('till', { epoch: 3 });

      using _lock = await standby.lock();
      expect((await standby.find(purchase('1', 'A1').key))?.state).to.equal('ready');
      await standby.intake.accept(chunk(id, [purchase('4', 'A1')], { firstLine: 5 }));
      await using next = await SharedOutbox.open(log, { isPrivate: true });
      expect((await next.runs.counts(id)).items.ready).to.equal(4);
    });
  }
});
