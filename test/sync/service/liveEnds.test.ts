import { expect } from 'chai';
import { exitCode, OutboxTakenError, ServiceClosedError, ServiceStoppedError } from '../../../src/sync/index.js';
import type { ServiceEvent, SyncService } from '../../../src/sync/index.js';
import { LoyaltyApiError } from '../../../src/client/index.js';
import { failureOf } from '../../client/loopback.js';
import { failure } from '../org/answers.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { expectToAddUp } from '../org/counts.js';
import { Life } from '../org/life.js';
import { around } from '../org/witness.js';
import { liveWorld, members, openService } from './liveWorld.js';

/** Gathers the events of a service. */
function heard(service: SyncService): ServiceEvent[] {
  const events: ServiceEvent[] = [];
  const gather = async (): Promise<void> => {
    for await (const event of service.events()) events.push(event);
  };
  void gather();
  return events;
}

describe('a sync service ends', () => {
  it('at its reserve: pushers and readers of events hear why, and the next one delivers', async () => {
    await using world = liveWorld();
    world.org.usage = { used: 0, limit: 100 };
    const service = await openService(world, { reserve: 85, batchSize: 5 });
    const events = heard(service);
    let refused: unknown;
    for (const each of purchases(60, members)) {
      refused ??= await service.push(each).then(
        () => undefined,
        (error: unknown) => error,
      );
      await world.clock.sleep(200);
    }
    expect(refused).to.be.instanceOf(ServiceStoppedError).and.deep.include({ name: 'ServiceStoppedError' });
    expect((refused as ServiceStoppedError).reason.code).to.equal('RESERVE_REACHED');
    const report = await service.ended;
    expect([report.ending, exitCode(report)]).to.deep.equal(['stopped', 69]);
    expect(events.at(-1)).to.deep.include({ type: 'stopped', ending: 'stopped', reason: report.stopped });
    world.org.usage = undefined;
    const next = await openService(world);
    expect((await next.drain()).counts.items.done).to.equal(report.counts.items.ready);
    expect(Object.values(world.effects()).every((times) => times === 1)).to.equal(true);
  });

  it('at a reserve that is reached before it begins: stopped, not complete, although nothing is open', async () => {
    await using world = liveWorld();
    world.org.usage = { used: 95, limit: 100 };
    const service = await openService(world, { reserve: 10 });
    const report = await service.ended;
    expect([report.ending, report.stopped?.code, exitCode(report)]).to.deep.equal(['stopped', 'RESERVE_REACHED', 69]);
    expect(report.notes.map(({ code }) => code)).to.not.include('feeds-unread');
    const refused = await failureOf(service.push(purchase('1', 'M1')));
    expect(refused).to.be.instanceOf(ServiceStoppedError).and.deep.include({ reason: report.stopped });
  });

  it('at a reserve that others reach while it is idle', async () => {
    await using world = liveWorld();
    world.org.usage = { used: 0, limit: 100 };
    const service = await openService(world, { reserve: 10 });
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(5000);
    world.org.usage.used = 80;
    world.org.fate = (execution) => {
      world.org.usage!.used = 95;
      return world.org.honest(execution);
    };
    await service.push(purchase('2', 'M1'));
    const report = await service.ended;
    expect(report.counts.items.done).to.equal(2);
    expect([report.ending, exitCode(report)]).to.deep.equal(['stopped', 69]);
  });

  describe('although a job of an earlier run may still write:', () => {
    const unended = [{ id: '750000000000001', items: [] }];
    const damage = new Error('The outbox cannot be read.');
    for (const { what, jobs, ending } of [
      { what: 'the org does not say what became of it', jobs: async () => unended, ending: 'stopped' },
      { what: 'the outbox cannot be asked for it', jobs: () => Promise.reject(damage), ending: 'failed' },
    ]) {
      it(`whoever waits for a feed hears it, if ${what}`, async () => {
        await using world = liveWorld();
        world.seenBySync = (outbox) => around(outbox, { bulkJobs: around(outbox.bulkJobs, { unended: jobs }) });
        const { client } = world.options();
        const refused = (): Promise<never> => Promise.reject(new LoyaltyApiError(failure(400, 'INVALID_TYPE')));
        const service = await openService(world, { client: Object.assign(client, { ingest: { status: refused } }) });
        const feeding = failureOf(service.feed(arrayFeed(purchases(5, members))));
        const report = await service.ended.catch((error: unknown) => error);
        expect(await feeding).to.be.instanceOf(ServiceClosedError);
        expect((await world.outbox.runs.find())?.ending).to.equal(ending);
        if (ending === 'failed') expect(report).to.equal(damage);
      });
    }
  });

  it('when somebody else sends the same source', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const events = heard(service);
    await service.push(purchase('1', 'M1'));
    await world.clock.sleep(120_000);
    const content = { ActivityDate: '2026-04-03T08:00:00.000+0000', JournalType: 'Accrual', TransactionAmount: 3 };
    for (const key of ['8', '9'])
      world.org.hold({ number: world.numberOf(`till:${key}`), member: 'M2', status: 'Processed', content });
    await service.push(purchase('2', 'M1'));
    const { ending, stopped } = await service.ended;
    expect([ending, stopped?.code]).to.deep.equal(['stopped', 'ANOTHER_WRITER']);
    const refused = await failureOf(service.push(purchase('3', 'M1')));
    expect(refused).to.be.instanceOf(ServiceStoppedError).and.deep.include({ reason: stopped });
    expect(events.at(-1)).to.deep.include({ type: 'stopped', reason: stopped });
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('when another process has taken the outbox: nothing is told accepted that it may not deliver', async () => {
    await using world = liveWorld();
    const taken = new OutboxTakenError('till.outbox', 'another process');
    const service = await openService(world);
    const events = heard(service);
    await service.push(purchase('1', 'M1'));
    world.outbox.delivery.pack = () => Promise.reject(taken);
    await world.clock.sleep(1000);
    expect(await failureOf(service.ended)).to.equal(taken);
    expect(await failureOf(service.push(purchase('2', 'M1')))).to.be.instanceOf(ServiceStoppedError);
    expect(events.at(-1)).to.deep.include({ type: 'stopped', ending: 'failed' });
  });

  it('by an abort: requests in progress are settled, pushes that wait are refused', async () => {
    await using world = liveWorld();
    const abort = new AbortController();
    const service = await openService(world, { signal: abort.signal });
    const unread = service.feed(arrayFeed(purchases(5000, members), { stretch: 10 }));
    await service.push(purchase('x', 'M1'));
    const waiting = service.push(purchase('y', 'M1'));
    abort.abort();
    expect(await failureOf(waiting)).to.be.instanceOf(ServiceClosedError);
    expect(await failureOf(unread)).to.be.instanceOf(ServiceClosedError);
    const report = await service.ended;
    expect([report.ending, report.counts.items.sent]).to.deep.equal(['interrupted', 0]);
    expectToAddUp(report.counts);
  });

  it('by an abort while it is idle', async () => {
    await using world = liveWorld();
    const abort = new AbortController();
    const service = await openService(world, { signal: abort.signal });
    await world.clock.sleep(5000);
    abort.abort();
    expect((await service.ended).ending).to.equal('interrupted');
  });

  it('by a kill at any moment: every accepted push is in the org once, and the others can be pushed again', async () => {
    const all = purchases(9, ['M1', 'M2', 'M3']);
    let moments = Infinity;
    for (let dies = 1; dies <= moments; dies += 3) {
      await using world = liveWorld();
      const life = new Life((_, count) => count === dies);
      const accepted = new Set<string>();
      const living = async (): Promise<'lived'> => {
        const service = await openService(world, { settle: 60_000, flushAfter: 20, batchSize: 4 }, life);
        for (const each of all) {
          const pushed = service.push(each).then(({ key }) => accepted.add(key));
          if (each.member === 'M3') await pushed;
          await world.clock.sleep(50);
        }
        await service.drain();
        return 'lived';
      };
      const end = await Promise.race([living(), life.death]);
      if (end === 'lived') moments = life.moments;
      const next = await openService(world, { settle: 60_000 });
      const known = await Promise.all([...accepted].map((key) => next.outcome(key)));
      expect(known.every((each) => each !== undefined)).to.equal(true);
      for (const each of all) await next.push(each);
      const { counts } = await next.drain();
      expectToAddUp(counts);
      const effects = world.effects();
      expect(Object.keys(effects), `killed at ${dies}`).to.have.length(all.length);
      expect(Object.values(effects).every((times) => times === 1)).to.equal(true);
      for (const member of ['M1', 'M2', 'M3'])
        expect(world.order(member)).to.deep.equal(all.filter((each) => each.member === member).map(({ key }) => key));
    }
    expect(moments).to.be.within(50, 5000);
  }).timeout(120_000);

  it('by a kill, and a retry delivers what it had accepted', async () => {
    await using world = liveWorld();
    let isAccepted = false;
    const life = new Life((moment) => isAccepted && moment === 'before pack');
    const service = await openService(world, {}, life);
    await service.push(purchase('1', 'M1'));
    isAccepted = true;
    await life.death;
    const { ending, counts } = await world.retry();
    expect([ending, counts.items.done, counts.items.carriedOver]).to.deep.equal(['complete', 1, 1]);
  });
});
