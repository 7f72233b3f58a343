import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import type { SyncService } from '../../src/sync/index.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { deleteJournal, endingOf, failFirst } from './org/deletedJournal.js';
import type { StoredJournal } from './org/tables.js';
import { World } from './org/world.js';
import { openService } from './service/liveWorld.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
const complete = ['complete', undefined];

/** A service has delivered two purchases, and has asked the org after the journal of the first one was deleted. */
async function withDeleted(world: World): Promise<{ service: SyncService; journal: StoredJournal }> {
  const service = await openService(world);
  await service.push(purchase('1', 'A1'));
  await world.clock.sleep(2 * minutes);
  const journal = deleteJournal(world, 'till:1');
  await service.push(purchase('2', 'B2'));
  await world.clock.sleep(2 * minutes);
  return { service, journal };
}

describe('journals of the org that a count alone cannot explain', () => {
  it('one that is restored from the recycle bin is no other writer', async () => {
    await using world = new World([], { members });
    const { service, journal } = await withDeleted(world);
    world.org.tables.journals.push(journal);
    await service.push(purchase('3', 'C3'));
    await world.clock.sleep(2 * minutes);
    await service.push(purchase('4', 'D4'));
    expect(endingOf(await service.drain())).to.deep.equal(complete);
  });

  it('one that is restored from the recycle bin hides no other writer', async () => {
    await using world = new World([], { members });
    const { service, journal } = await withDeleted(world);
    world.org.tables.journals.push(journal);
    await service.push(purchase('3', 'C3'));
    await world.clock.sleep(2 * minutes);
    world.org.hold({ number: 'till:2', member: 'B2', status: 'Processed' });
    await service.push(purchase('4', 'D4'));
    const { stopped } = await service.drain();
    expect(stopped).to.include({ code: 'ANOTHER_WRITER' });
    expect(stopped?.message).to.match(/^The org has 1 journal .* Twice in the org: till:2\./);
  });

  for (const [what, number] of [
    ['a purchase that this outbox has not', 'till:9'],
    ['a purchase that it has delivered', 'till:2'],
  ] as const)
    it(`one that is restored together with one of another sender, of ${what}, stops the run`, async () => {
      await using world = new World([], { members });
      const { service, journal } = await withDeleted(world);
      world.org.tables.journals.push(journal);
      world.org.hold({ number, member: 'B2', status: 'Processed' });
      await service.push(purchase('3', 'C3'));
      const { stopped } = await service.drain();
      expect(stopped).to.include({ code: 'ANOTHER_WRITER' });
    });

  it('one of a purchase that waits here and was never sent is of another sender', async () => {
    await using world = new World([], { members });
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await world.clock.sleep(2 * minutes);
    world.org.hold({ number: 'till:2', member: 'Z9', status: 'Processed' });
    await service.push(purchase('2', 'Z9'));
    const { stopped } = await service.drain();
    expect(stopped).to.include({ code: 'ANOTHER_WRITER' });
  });

  it('a failed journal that is restored beside the one of the retry is not called twice', async () => {
    await using world = new World(purchases(3, members), { members });
    failFirst(world);
    expect((await world.start()).counts.items).to.include({ refused: 1 });
    const journal = deleteJournal(world, 'till:1');
    world.org.faulty.clear();
    expect(endingOf(await world.retry())).to.deep.equal(complete);
    world.org.tables.journals.push(journal);
    const report = await world.start();
    expect([report.counts.items.doubled, report.ending, exitCode(report)]).to.deep.equal([0, 'complete', 0]);
  });

  for (const hasMarkers of [false, true])
    it(`one that was committed long after it was created is no other writer once it was found, level ${+hasMarkers}`, async () => {
      await using world = new World(purchases(20, members), { members, hasMarkers });
      const { org, clock } = world;
      // Another outbox has sent the source before, and died with a request on its way: the org has begun it.
      org.hold({ number: 'till:1', member: 'A1', status: 'Processed' });
      const begun = org.time;
      clock.after(5_000, () => {
        const stored = org.tables.insert({ number: 'till:2', member: 'B2', status: 'Processed' });
        org.tables.journals.splice(org.tables.journals.indexOf(stored), 1, { ...stored, createdAt: begun });
      });
      await clock.sleep(2_000);
      expect(endingOf(await world.start())).to.deep.equal(complete);
      expect(world.effects()).to.not.have.property('till:2');
    });
});
