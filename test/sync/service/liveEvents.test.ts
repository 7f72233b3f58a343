import { expect } from 'chai';
import diagnosticsChannel from 'node:diagnostics_channel';
import { syncOutcomeChannel, syncRequestChannel } from '../../../src/sync/index.js';
import type { ServiceEvent, SyncOutcome, SyncRequest } from '../../../src/sync/index.js';
import { failure } from '../org/answers.js';
import { arrayFeed, purchase, purchases } from '../org/arrayFeed.js';
import { World } from '../org/world.js';
import { liveWorld, members, openService } from './liveWorld.js';

describe('the events of a sync service', () => {
  it('tell what becomes of each push, to every reader', async () => {
    await using world = liveWorld();
    const { org } = world;
    const service = await openService(world);
    const readers = [service.events(), service.events()];
    org.refused.add('till:2');
    await service.push(purchase('1', 'M1'));
    await service.push(purchase('2', 'M2'));
    await service.push(purchase('3', 'nobody'));
    await service.push(purchase('1', 'M1'));
    await service.drain();
    for (const reader of readers) {
      const events: ServiceEvent[] = [];
      for await (const event of reader) events.push(event);
      const keys = (type: string): unknown[] =>
        events.flatMap((each) => (each.type === type && 'key' in each ? each.key : []));
      expect(keys('accepted')).to.deep.equal(['till:1', 'till:2', 'till:3']);
      expect(keys('done')).to.deep.equal(['till:1']);
      expect(keys('refused')).to.have.members(['till:2', 'till:3']);
      expect(events.find((each) => each.type === 'done')).to.include({ member: 'M1', found: false });
      expect(events.some(({ type }) => type === 'progress')).to.equal(true);
      expect(events.at(-1)).to.deep.equal({ type: 'stopped', ending: 'complete', reason: undefined });
    }
    const late: ServiceEvent[] = [];
    for await (const event of service.events()) late.push(event);
    expect(late.map(({ type }) => type)).to.deep.equal(['stopped']);
  });

  it('drop the oldest for a reader that is too slow, and say how many', async () => {
    await using world = liveWorld();
    const service = await openService(world, { mostEvents: 5 });
    const reader = service.events();
    await Promise.all(purchases(20, members).map((each) => service.push(each)));
    await service.drain();
    const events: ServiceEvent[] = [];
    for await (const event of reader) events.push(event);
    expect(events).to.have.length(6);
    const [first] = events;
    expect(first?.type === 'dropped' && first.events).to.be.greaterThan(30);
    expect(events.at(-1)?.type).to.equal('stopped');
  });

  it('end for a reader that leaves', async () => {
    await using world = liveWorld();
    await using service = await openService(world);
    await service.push(purchase('1', 'M1'));
    const told: string[] = [];
    const reading = (async () => {
      for await (const { type } of service.events()) {
        told.push(type);
        if (type === 'accepted') break;
      }
    })();
    await service.push(purchase('2', 'M1'));
    await reading;
    expect(told.at(-1)).to.equal('accepted');
  });
});

describe('who watches a run', () => {
  it('hears of every request and outcome, by handlers and by channels', async () => {
    await using world = new World(purchases(10, [...members.slice(0, 9), 'nobody']), { strangers: ['nobody'] });
    world.org.fate = (execution) =>
      world.org.executions.length === 1
        ? { answersAt: 100, answer: failure(400, 'UNABLE_TO_LOCK_ROW', 'locked') }
        : world.org.honest(execution);
    const heard: { requests: SyncRequest[]; outcomes: SyncOutcome[] } = { requests: [], outcomes: [] };
    const published: unknown[] = [];
    const listen = (message: unknown): void => void published.push(message);
    for (const channel of [syncRequestChannel, syncOutcomeChannel]) diagnosticsChannel.subscribe(channel, listen);
    await world.start({
      feeds: [arrayFeed(world.rows)],
      onRequest: (request) => heard.requests.push(request),
      onOutcome: (outcomes) => heard.outcomes.push(...outcomes),
    });
    for (const channel of [syncRequestChannel, syncOutcomeChannel]) diagnosticsChannel.unsubscribe(channel, listen);
    expect(heard.requests.map(({ status, journals }) => [status, journals])).to.deep.equal([
      ['later', 9],
      ['done', 9],
    ]);
    expect(heard.requests[0]).to.include({ code: 'UNABLE_TO_LOCK_ROW', milliseconds: 100 });
    expect(heard.outcomes.filter(({ is }) => is === 'done')).to.have.length(9);
    expect(heard.outcomes.filter(({ is }) => is === 'refused'))
      .to.deep.include.members([])
      .and.have.length(1);
    expect(heard.outcomes.find(({ is }) => is === 'refused')).to.include({ member: 'nobody', code: 'UNKNOWN_MEMBER' });
    expect(published.flat()).to.have.deep.members([...heard.requests, ...heard.outcomes]);
  });

  it('changes nothing by failing', async () => {
    await using world = new World(purchases(3, members));
    const warned = new Promise((resolve) => process.once('warning', resolve));
    const report = await world.start({
      onOutcome: () => {
        throw new Error('The dashboard is gone.');
      },
    });
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 3]);
    expect(await warned)
      .to.have.property('message')
      .that.includes('The dashboard is gone.');
  });
});
