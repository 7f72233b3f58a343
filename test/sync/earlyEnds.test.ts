import { expect } from 'chai';
import { FeedError } from '../../src/sync/index.js';
import type { Feed } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { arrayFeed, purchases } from './org/arrayFeed.js';
import { diesWhen, ended, Machines } from './org/machines.js';

const minutes = 60_000;
const settle = 12 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];

/** A feed that cannot be read any further behind its first stretches. */
function brokenFeed(machines: Machines, rows: number): Feed {
  const feed = arrayFeed(machines.rows.slice(0, rows), { stretch: 5 });
  return {
    ...feed,
    async *read(options) {
      yield* feed.read(options);
      throw new FeedError('missing-column', 'The feed has no column Member.');
    },
  };
}

/** Whoever starts next, at once, with its own outbox or another: how long its run took, and that nothing is doubled. */
async function expectNext(machines: Machines, machine: string, { within }: { within: number }): Promise<void> {
  const before = machines.clock.monotonic();
  expect(ended(await machines.start(machine, { settle })).ending).to.equal('complete');
  expect(machines.clock.monotonic() - before).to.be.lessThan(within);
  // Whatever was still under way has arrived.
  await machines.clock.sleep(30 * minutes);
  expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
}

describe('a run that ends early in an org with markers', () => {
  for (const machine of ['a', 'b']) {
    const whose = machine === 'a' ? 'the same' : 'another';

    for (const rows of [0, 10]) {
      it(`by an error of its feed behind ${rows} rows: the next run of ${whose} outbox neither waits nor is refused`, async () => {
        await using machines = await Machines.with(purchases(20, members), { hasMarkers: true });
        const feeds = [brokenFeed(machines, rows)];
        expect(await failureOf(machines.run('a', { settle, feeds }))).to.be.instanceOf(FeedError);
        await expectNext(machines, machine, { within: minutes });
      });
    }

    it(`by an error of its feed, of a source that the org knows: the next run of ${whose} outbox neither waits nor is refused`, async () => {
      await using machines = await Machines.with(purchases(20, members), { hasMarkers: true });
      await machines.run('c', { settle, limit: 8 });
      expect(await failureOf(machines.run('a', { settle, feeds: [brokenFeed(machines, 10)] }))).to.exist;
      await expectNext(machines, machine, { within: minutes });
    });

    it(`by a decision that cannot be carried out: the next run of ${whose} outbox neither waits nor is refused`, async () => {
      await using machines = await Machines.with(purchases(20, members), { hasMarkers: true });
      await machines.run('a', { settle, limit: 8 });
      expect(await failureOf(machines.retry('a', { settle, keepOrg: ['till:1'] }))).to.have.property(
        'name',
        'NothingToKeepError',
      );
      await expectNext(machines, machine, { within: minutes });
    });

    it(`after another process was killed: ${whose} outbox waits as long as that one can still reach the org`, async () => {
      await using machines = await Machines.with(purchases(20, members), { hasMarkers: true });
      const { org } = machines;
      org.fate = () => ({ storesAt: 11 * minutes, answersAt: 11 * minutes, answer: 'results' });
      await machines.run(
        'dead',
        { settle },
        diesWhen(() => org.executions.length > 0),
      );
      org.fate = (execution) => org.honest(execution);
      // Past the time in which the dead one holds the source.
      await machines.clock.sleep(3 * minutes);
      expect(await failureOf(machines.run('a', { settle, feeds: [brokenFeed(machines, 10)] }))).to.exist;
      await expectNext(machines, machine, { within: 14 * minutes });
    });

    it(`with an answer that was lost: ${whose} outbox is not refused, and waits before it sends again`, async () => {
      await using machines = await Machines.with(purchases(6, members), { hasMarkers: true });
      const { org } = machines;
      org.fate = () => ({ storesAt: 9 * minutes, answersAt: minutes, answer: 'timeout' });
      expect(ended(await machines.run('a', { settle, wait: minutes })).ending).to.equal('unfinished');
      org.fate = (execution) => org.honest(execution);
      await expectNext(machines, machine, { within: 14 * minutes });
    });
  }

  it('a run that goes on after a kill and is complete leaves a wait of a minute at most to the next one', async () => {
    await using machines = await Machines.with(purchases(12, members), { hasMarkers: true });
    await machines.run(
      'a',
      { settle },
      diesWhen(() => machines.org.effects.length >= 4),
    );
    expect(ended(await machines.run('a', { settle })).ending).to.equal('complete');
    machines.rows = purchases(16, members);
    await expectNext(machines, 'a', { within: 2 * minutes });
  });
});
