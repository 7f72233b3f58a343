import { expect } from 'chai';
import { LostAnswerError } from '../../src/client/index.js';
import { startSync } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = ['A1', 'B2'];
const minute = 60_000;

/** Refuses every connection to this world's org from one time of the clock to another. */
function away({ org, clock }: World, from: number, until: number): void {
  const take = org.take.bind(org);
  org.take = async (call) => {
    const isAway = clock.monotonic() >= from && clock.monotonic() < until;
    if (isAway) throw new LostAnswerError('notConnected', 'Nothing listens.', false);
    return take(call);
  };
}

describe('an org that cannot be reached', () => {
  it('ends a run within 20 seconds if it has never answered', async () => {
    await using world = new World(purchases(4, members));
    away(world, 0, Infinity);
    const failure = await world.start().catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(LostAnswerError);
    expect(world.clock.monotonic()).to.be.within(1000, 20_000);
  });

  it('is waited for as long as a run waits if it has answered this client before', async () => {
    await using world = new World(purchases(4, members));
    const options = world.options();
    await options.client.programs.get(options.program);
    away(world, world.clock.monotonic(), world.clock.monotonic() + 5 * minute);
    const report = await startSync(options);
    expect(report.counts.items.done).to.equal(4);
    expect(world.clock.monotonic()).to.be.at.least(5 * minute);
  });

  it('is waited for if it has answered only a part of the first questions', async () => {
    await using world = new World(purchases(4, members));
    const { org, clock } = world;
    org.queryFate = (soql) =>
      soql.includes('FROM Organization') && clock.monotonic() < 5 * minute ? 'notConnected' : undefined;
    expect((await world.start()).counts.items.done).to.equal(4);
  });

  it('ends a run of which it has answered the first questions after `wait`', async () => {
    await using world = new World(purchases(4, members));
    const options = world.options({ wait: 2 * minute });
    await options.client.programs.get(options.program);
    away(world, world.clock.monotonic(), Infinity);
    const failure = await startSync(options).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(LostAnswerError);
    expect(world.clock.monotonic()).to.be.within(minute, 2.1 * minute);
  });
});
