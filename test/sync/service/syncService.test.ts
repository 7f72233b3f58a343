import { expect } from 'chai';
import {
  exitCode,
  OutboxBusyError,
  OutboxDiskError,
  RowRejectedError,
  ServiceClosedError,
} from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { expectToAddUp } from '../org/counts.js';
import { liveWorld, members, openService, withAccept } from './liveWorld.js';

describe('a sync service', () => {
  it('has a push in the org without any feed ending', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    expect(await service.push(purchase('1', 'M1'))).to.deep.equal({ key: 'till:1', member: 'M1', is: 'accepted' });
    await world.clock.sleep(2000);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    expect(await service.outcome('till:1')).to.include({ is: 'done', isOpen: false });
    expect(await service.push(purchase('2', 'M1'))).to.include({ is: 'accepted' });
    await world.clock.sleep(2000);
    expect(Object.keys(world.effects())).to.deep.equal(['till:1', 'till:2']);
    const report = await service.drain();
    expectToAddUp(report.counts);
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 2]);
  });

  it('stores a thousand pushes at once in few commits, and keeps the order of each member', async () => {
    await using world = liveWorld();
    let commits = 0;
    world.seenBySync = (outbox) =>
      withAccept(outbox, (store) => {
        commits += 1;
        return store();
      });
    const service = await openService(world);
    const all = purchases(1000, members);
    const results = await Promise.all(all.map((each) => service.push(each)));
    expect(results.every(({ is }) => is === 'accepted')).to.equal(true);
    expect(commits).to.be.lessThan(4);
    await service.drain();
    for (const member of members) {
      const keys = all.filter((each) => each.member === member).map(({ key }) => key);
      expect(world.order(member)).to.deep.equal(keys);
    }
  });

  it('knows nothing of a key that it never had', async () => {
    await using world = liveWorld();
    await using service = await openService(world);
    expect(await service.outcome('till:1')).to.equal(undefined);
  });

  it('is not opened with numbers that make no sense', async () => {
    await using world = liveWorld();
    for (const options of [{ flushAfter: -1 }, { mostWaiting: 0 }, { mostEvents: 0.5 }])
      expect(await failureOf(openService(world, options))).to.be.instanceOf(RangeError);
  });

  it('is one for each outbox, until it has been drained', async () => {
    await using world = liveWorld();
    {
      await using service = await openService(world);
      expect(await failureOf(openService(world))).to.be.instanceOf(OutboxBusyError);
      expect((await service.push(purchase('1', 'M1'))).is).to.equal('accepted');
    }
    await using service = await openService(world);
    expect((await service.push(purchase('1', 'M1'))).is).to.equal('known');
  });

  it('takes nothing more when it is drained, and delivers what it took', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const pushed = service.push(purchase('1', 'M1'));
    const report = service.drain();
    expect(await failureOf(service.push(purchase('2', 'M1')))).to.be.instanceOf(ServiceClosedError);
    expect((await pushed).is).to.equal('accepted');
    expect((await report).counts.items).to.include({ done: 1, new: 1 });
    expect(await service.drain()).to.equal(await report);
    expect(exitCode(await report)).to.equal(0);
  });

  it('answers after the commit, and to nobody as accepted if the disk is full', async () => {
    await using world = liveWorld();
    const full = new OutboxDiskError('till.outbox', 'full', new Error('database or disk is full'));
    const steps: string[] = [];
    world.seenBySync = (outbox) =>
      withAccept(outbox, async (store) => {
        if (steps.length > 2) throw full;
        const decisions = await store();
        steps.push('stored');
        return decisions;
      });
    const service = await openService(world);
    await service.push(purchase('1', 'M1')).then(() => steps.push('answered'));
    await service.push(purchase('2', 'M2')).then(() => steps.push('answered'));
    expect(steps).to.deep.equal(['stored', 'answered', 'stored', 'answered']);
    const told = await Promise.allSettled(['3', '4'].map((key) => service.push(purchase(key, 'M3'))));
    expect(told.map((each) => each.status === 'rejected' && each.reason)).to.deep.equal([full, full]);
    expect(await failureOf(service.drain())).to.equal(full);
    expect(await failureOf(service.push(purchase('5', 'M3')))).to.include({ name: 'ServiceStoppedError' });
    expect(await world.outbox.find('till:3')).to.equal(undefined);
    expect((await world.outbox.runs.find())?.ending).to.equal('failed');
  });

  it('fails when the disk is full while a feed is read: the feed and the pushes hear why', async () => {
    await using world = liveWorld();
    const full = new OutboxDiskError('till.outbox', 'full', new Error('database or disk is full'));
    world.seenBySync = (outbox) =>
      withAccept(outbox, async (store, { feed }) => {
        if (feed !== 'push') throw full;
        return store();
      });
    const service = await openService(world);
    await service.push(purchase('100', 'M1'));
    expect(await failureOf(service.feed(arrayFeed(purchases(3, members))))).to.equal(full);
    expect(await failureOf(service.ended)).to.equal(full);
    expect(await failureOf(service.push(purchase('101', 'M1')))).to.include({ name: 'ServiceStoppedError' });
    expect((await world.outbox.runs.find())?.ending).to.equal('failed');
  });

  for (const [what, given, column] of [
    ['without a member', { ...purchase('1', 'M1'), member: '' }, 'member'],
    ['of another source', { ...purchase('1', 'M1'), key: 'shop:1' }, 'key'],
    ['whose key is only the source', { ...purchase('1', 'M1'), key: 'till:' }, 'key'],
    ['with a space at an end', { ...purchase('1', 'M1 ') }, 'member'],
    ['with half a character', { ...purchase('1\ud800', 'M1') }, 'key'],
    ['with a control character', { ...purchase('1', 'M1\u0007') }, 'member'],
    ['without a date', { ...purchase('1', 'M1'), journal: { JournalTypeName: 'Accrual' } }, 'journal.ActivityDate'],
  ] as const) {
    it(`rejects a transaction ${what}, and stores nothing`, async () => {
      await using world = liveWorld();
      const service = await openService(world);
      const [refused, other] = await Promise.allSettled([service.push(given), service.push(purchase('2', 'M1'))]);
      expect(refused.status === 'rejected' && refused.reason)
        .to.be.instanceOf(RowRejectedError)
        .and.include({ column });
      expect(other.status).to.equal('fulfilled');
      expect((await service.drain()).counts.transactions.made).to.equal(1);
    });
  }

  it('reads a feed beside the pushes, and a slow one does not hold them up', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const slow = arrayFeed(purchases(30, members), { stretch: 10 });
    const read = service.feed({
      ...slow,
      async *read(options) {
        for await (const stretch of slow.read(options)) {
          yield stretch;
          await world.clock.sleep(60_000);
        }
      },
    });
    const pushedAt = world.clock.now();
    for (let key = 100; key < 110; key += 1)
      expect((await service.push(purchase(String(key), 'M1'))).is).to.equal('accepted');
    expect(world.clock.now() - pushedAt).to.be.lessThan(1000);
    await world.clock.sleep(10_000);
    expect(Object.keys(world.effects())).to.include.members(['till:1', 'till:100', 'till:109']);
    expect(Object.keys(world.effects())).to.not.include('till:30');
    expect(await read).to.equal(30);
    const report = await service.drain();
    expect(report.counts.rows.read).to.equal(40);
    expect(report.ending).to.equal('complete');
  });

  it('goes on when a feed cannot be read', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const broken = arrayFeed([]);
    const failed = service.feed({
      ...broken,
      // eslint-disable-next-line require-yield -- it fails at once
      async *read() {
        throw new Error('The disk is gone.');
      },
    });
    expect(await failureOf(failed)).to.include({ message: 'The disk is gone.' });
    expect((await service.push(purchase('1', 'M1'))).is).to.equal('accepted');
    const report = await service.drain();
    expect([report.ending, report.counts.items.done]).to.deep.equal(['unfinished', 1]);
    expect(report.notes.map(({ code }) => code)).to.include('feeds-unread');
  });
});
