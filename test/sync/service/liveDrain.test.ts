import { expect } from 'chai';
import { ServiceClosedError } from '../../../src/sync/index.js';
import type { ServiceEvent, SyncProgress } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { liveWorld, members, openService } from './liveWorld.js';

describe('a sync service that is drained', () => {
  it('stores all pushes that wait, also more than go into one commit', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const all = purchases(2500, members).map((each) => service.push(each));
    const report = await service.drain();
    expect((await Promise.all(all)).every(({ is }) => is === 'accepted')).to.equal(true);
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 2500]);
  });

  it('reads the feeds that were added to their ends', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const read = service.feed(arrayFeed(purchases(60, members), { stretch: 10 }));
    const report = await service.drain();
    expect(await read).to.equal(60);
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 60]);
  });
});

describe('a sync service', () => {
  it('takes nothing if it was interrupted before it was opened', async () => {
    await using world = liveWorld();
    const service = await openService(world, { signal: AbortSignal.abort() });
    expect(await failureOf(service.push(purchase('1', 'M1')))).to.be.instanceOf(ServiceClosedError);
    expect((await service.ended).ending).to.equal('interrupted');
  });

  it('tells its own watchers, too', async () => {
    await using world = liveWorld();
    const told: string[] = [];
    let open = Infinity;
    const service = await openService(world, {
      onOutcome: (outcomes) => told.push(...outcomes.map(({ key }) => key)),
      onProgress: (progress) => (open = progress.open),
    });
    await service.push(purchase('1', 'M1'));
    await service.drain();
    expect([told, open]).to.deep.equal([['till:1'], 0]);
  });

  it('tells what it waits for while nothing else can be done', async () => {
    await using world = liveWorld();
    world.org.fate = () => ({ answersAt: 100, answer: 'timeout' });
    const told = Promise.withResolvers<SyncProgress>();
    const service = await openService(world, {
      onProgress: (progress) => {
        if (progress.waitingFor === 'underWay') told.resolve(progress);
      },
    });
    await service.push(purchase('1', 'M1'));
    const { open, waitingUntil } = await told.promise;
    expect(open).to.equal(1);
    expect(waitingUntil).to.be.greaterThan(world.clock.now() - 1);
    world.org.fate = (execution) => world.org.honest(execution);
    expect((await service.drain()).counts.items.done).to.equal(1);
  });

  it('keeps only the latest progress for a reader that is slow', async () => {
    await using world = liveWorld();
    const service = await openService(world, { batchSize: 1 });
    const reader = service.events();
    await Promise.all(purchases(5, members).map((each) => service.push(each)));
    await service.drain();
    const types: string[] = [];
    for await (const { type } of reader) types.push(type);
    expect(types).to.include('progress');
    expect(types.filter((type, index) => type === 'progress' && types[index + 1] === type)).to.deep.equal([]);
  });

  it('tells that a correction was accepted', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const reader = service.events();
    await Promise.all([service.push(purchase('1', 'M1')), service.push(purchase('1', 'M1', 'tea'))]);
    await service.drain();
    const events: ServiceEvent[] = [];
    for await (const event of reader) events.push(event);
    expect(events.flatMap((each) => (each.type === 'accepted' ? each.is : []))).to.deep.equal([
      'accepted',
      'corrected',
    ]);
  });
});
