import { expect } from 'chai';
import { chunk } from '../outbox/outboxFixture.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { OutboxTakenError, StandbyCopy, startSync } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { MemoryLog } from '../outbox/memoryLog.js';
import { VirtualClock } from '../support/virtualClock.js';
import { arrayFeed, purchase, source } from './org/arrayFeed.js';
import { clientOf } from './org/fakeClient.js';
import { FakeOrg } from './org/fakeOrg.js';
import { programName } from './org/tables.js';

const members = ['M1', 'M2', 'M3'];
const rows = Array.from({ length: 60 }, (_, index) => purchase(String(index), members[index % 3] ?? ''));

describe('A shared outbox whose database is restored from a backup', () => {
  it('doubles nothing: what it has forgotten is looked up first', async () => {
    const clock = new VirtualClock();
    const org = new FakeOrg({ members, clock });
    const log = new MemoryLog(clock);
    const deliver = async (count: number): Promise<SyncReport> => {
      await using outbox = await SharedOutbox.open(log, { clock });
      const feeds = [arrayFeed(rows.slice(0, count))];
      return await startSync({ client: clientOf(org), program: programName, outbox, source, feeds, clock });
    };
    expect((await deliver(30)).counts.items).to.include({ done: 30, found: 0 });
    const restore = log.backUp();
    expect((await deliver(50)).counts.items).to.include({ done: 20, found: 0 });
    restore();
    const again = await deliver(60);
    expect(again.ending).to.equal('complete');
    expect(again.counts.items).to.include({ done: 30, found: 20 });
    expect(org.effects).to.have.lengthOf(60);
    expect(org.violations).to.deep.equal([]);
  });

  it('is noticed by the process that delivers meanwhile, which stores nothing more', async () => {
    const clock = new VirtualClock();
    const log = new MemoryLog(clock);
    const restoreEmpty = log.backUp();
    await using outbox = await SharedOutbox.open(log, { clock });
    using lock = await outbox.lock();
    await outbox.runs.begin({});
    restoreEmpty();
    expect(lock).to.be.an('object');
    const failure = await outbox.runs.begin({}).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(OutboxTakenError);
  });

  for (const [more, what] of [
    [0, 'whose log is as long again'],
    [1, 'whose log is longer by now'],
  ] as const)
    it(`is read again by a standby that knows what it has forgotten, and ${what}`, async () => {
      const log = new MemoryLog(new VirtualClock());
      const inOutbox = async (outbox: SharedOutbox): Promise<(string | undefined)[]> =>
        Promise.all(['1', '2', '3'].map(async (key) => (await outbox.find(purchase(key, 'M1').key))?.state));
      await using before = await SharedOutbox.open(log);
      const { id } = await before.runs.begin({});
      const restore = log.backUp();
      await before.intake.accept(chunk(id, [purchase('1', 'M1')]));
      await using copy = new StandbyCopy(() => SharedOutbox.open(log));
      await copy.follow(log.last);
      restore();
      await using after = await SharedOutbox.open(log);
      for (const key of ['2', '3'].slice(0, 1 + more)) await after.intake.accept(chunk(id, [purchase(key, 'M1')]));
      await copy.follow(log.last);
      await using outbox = await copy.outbox();
      using lock = await outbox.lock();
      expect(await inOutbox(outbox)).to.deep.equal([undefined, 'ready', more ? 'ready' : undefined]);
      expect(lock).to.be.an('object');
    });
});
