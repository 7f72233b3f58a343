import { expect } from 'chai';
import { purchase, purchases } from './org/arrayFeed.js';
import { endingOf } from './org/deletedJournal.js';
import { World } from './org/world.js';
import { openService } from './service/liveWorld.js';

const seconds = 1000;
const minutes = 60 * seconds;
const members = ['A1', 'B2', 'C3', 'D4'];
const many = Array.from({ length: 200 }, (_, index) => `M${index}`);

/** Returns the purchases that have left. */
function sent({ org }: World): string[] {
  return org.executions.flatMap(({ journals }) => journals.map(({ number }) => number));
}

function counts({ org }: World): number {
  return org.queries.filter((soql) => soql.startsWith('SELECT COUNT()')).length;
}

describe('a new request that waits until nothing is in flight', () => {
  it('leaves no more when the run is interrupted, which it does not hold up', async () => {
    await using world = new World([], { members });
    const { org, clock } = world;
    const stop = new AbortController();
    const service = await openService(world, { signal: stop.signal });
    await service.push(purchase('1', 'A1'));
    await clock.sleep(5 * minutes - 3 * seconds);
    org.fate = (execution) => org.honest(execution, 8 * seconds);
    await service.push(purchase('2', 'B2'));
    await clock.sleep(5 * seconds);
    await service.push(purchase('3', 'C3'));
    await clock.sleep(3 * seconds);
    expect(sent(world)).to.deep.equal(['till:1', 'till:2']);
    const [interruptedAt, asked] = [clock.monotonic(), counts(world)];
    stop.abort();
    const report = await service.drain();
    expect(report.ending).to.equal('interrupted');
    expect(report.counts.items).to.include({ done: 2, ready: 1 });
    expect(sent(world)).to.deep.equal(['till:1', 'till:2']);
    // What is in flight is still settled, and the org is asked at the end, as at the end of any run.
    expect(clock.monotonic() - interruptedAt).to.be.below(3 * seconds);
    expect(counts(world)).to.equal(asked + 1);
  });

  it('is kept back for ten seconds at most by one that does not end', async () => {
    await using world = new World([], { members });
    const { org, clock } = world;
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await clock.sleep(5 * minutes - 3 * seconds);
    org.fate = (execution) => org.honest(execution, 100 * seconds);
    await service.push(purchase('2', 'B2'));
    await clock.sleep(5 * seconds);
    const pushedAt = clock.now();
    await service.push(purchase('3', 'C3'));
    await clock.sleep(20 * seconds);
    expect(org.executions.at(-1)?.journals.map(({ number }) => number)).to.deep.equal(['till:3']);
    expect(org.executions.at(-1)!.at - pushedAt).to.be.within(10 * seconds, 12 * seconds);
    expect(endingOf(await service.drain())).to.deep.equal(['complete', undefined]);
  });
});

describe('the question that is asked while nothing is in flight', () => {
  it('has no other one come later: after twenty requests the org is asked again', async () => {
    await using world = new World([], { members: many });
    const service = await openService(world, { batchSize: 1, concurrency: 1 });
    const rows = purchases(44, many);
    const push = async (from: number, to: number): Promise<void> => {
      for (const row of rows.slice(from, to)) await service.push(row);
      await world.clock.sleep(30 * seconds);
    };
    await push(0, 18);
    await world.clock.sleep(5 * minutes);
    await push(18, 19);
    const before = counts(world);
    await push(19, 44);
    expect(sent(world)).to.have.length(44);
    expect(counts(world)).to.equal(before + 1);
    expect(endingOf(await service.drain())).to.deep.equal(['complete', undefined]);
  });
});
