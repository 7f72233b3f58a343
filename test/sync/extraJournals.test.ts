import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import type { SyncReport, SyncService } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { deleteJournal, endingOf, failFirst } from './org/deletedJournal.js';
import type { StoredJournal } from './org/tables.js';
import { World } from './org/world.js';
import { openService } from './service/liveWorld.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
const complete = ['complete', undefined];

/** A service goes on, and asks the org after each of two purchases. */
async function goesOn(world: World, service: SyncService): Promise<unknown[]> {
  await service.push(purchase('3', 'C3'));
  await world.clock.sleep(2 * minutes);
  await service.push(purchase('4', 'D4'));
  return endingOf(await service.drain());
}

async function push3(service: SyncService): Promise<SyncReport> {
  await service.push(purchase('3', 'C3'));
  return service.drain();
}

/** A service has delivered a purchase whose failed journal was deleted before. */
async function withFailedDeleted(world: World): Promise<{ service: SyncService; journal: StoredJournal }> {
  failFirst(world);
  const service = await openService(world);
  await service.push(purchase('1', 'A1'));
  await world.clock.sleep(2 * minutes);
  const journal = deleteJournal(world, 'till:1');
  world.org.faulty.clear();
  await service.push(purchase('2', 'B2'));
  await world.clock.sleep(2 * minutes);
  await service.push(purchase('1', 'A1', 'tea'));
  await world.clock.sleep(2 * minutes);
  expect(world.effects()).to.include({ 'till:1': 1 });
  return { service, journal };
}

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
    expect(await goesOn(world, service)).to.deep.equal(complete);
  });

  it('one that is restored is no other writer if the org does not tell the keys the first time', async () => {
    await using world = new World([], { members });
    const { org } = world;
    const { service, journal } = await withDeleted(world);
    org.tables.journals.push(journal);
    let asked = 0;
    // The first such question only counts.
    org.queryFate = (soql) =>
      soql.includes('ORDER BY CreatedDate') && ++asked === 2 ? failure(503, 'SERVER_UNAVAILABLE') : undefined;
    expect(await goesOn(world, service)).to.deep.equal(complete);
    expect(asked).to.be.above(2);
  });

  it('one that is restored is no other writer beside the journals of a member who was erased', async () => {
    await using world = new World([purchase('0', 'F6'), purchase('00', 'E5')], { members });
    expect(endingOf(await world.start())).to.deep.equal(complete);
    await world.outbox.forget('F6');
    const { service, journal } = await withDeleted(world);
    world.org.tables.journals.push(journal);
    expect(await goesOn(world, service)).to.deep.equal(complete);
  });

  it('a failed one that is restored beside the one of the retry is no other writer', async () => {
    await using world = new World([], { members });
    const { service, journal } = await withFailedDeleted(world);
    world.org.tables.journals.push(journal);
    expect(await goesOn(world, service)).to.deep.equal(complete);
  });

  it('a failed one that is restored beside the one of the retry, and then run, is a doubled purchase', async () => {
    await using world = new World([], { members });
    const { service, journal } = await withFailedDeleted(world);
    world.org.tables.journals.push({ ...journal, status: 'Processed' });
    const { stopped } = await push3(service);
    expect(stopped?.message).to.match(/^The org has 1 journal .* Twice in the org: till:1\./);
  });

  for (const [what, status] of [
    ['has failed to run', 'Error'],
    ['has run', 'Processed'],
  ] as const)
    it(`one that another sender ${what}, beside one of this outbox, stops the run`, async () => {
      await using world = new World([], { members });
      const { service } = await withFailedDeleted(world);
      world.org.hold({ number: 'till:2', member: 'B2', status });
      const { stopped } = await push3(service);
      expect(stopped).to.include({ code: 'ANOTHER_WRITER' });
    });

  it('one that another sender has run, beside the failed one of this outbox, stops the run', async () => {
    await using world = new World([], { members });
    failFirst(world);
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await world.clock.sleep(2 * minutes);
    world.org.hold({ number: 'till:1', member: 'A1', status: 'Processed' });
    const { stopped } = await push3(service);
    expect(stopped).to.include({ code: 'ANOTHER_WRITER' });
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

  it('a failed one beside the first that this process makes is not called twice', async () => {
    await using world = new World(purchases(3, members), { members });
    world.org.hold({ number: 'till:1', member: 'A1', status: 'Error' });
    const report = await world.start({ emptyOutbox: 'trust' });
    expect([endingOf(report), report.counts.items.done]).to.deep.equal([complete, 3]);
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
