import { expect } from 'chai';
import type { FollowedOutbox, ItemReport } from '../../../src/sync/index.js';
import { FollowedOutcomes } from '../../../src/sync/handIn/followedOutcomes.js';
import { VirtualClock } from '../../support/virtualClock.js';

describe('what a door tells of transactions that another process delivers', () => {
  it('never misses one that is taken from the inbox while somebody asks', async () => {
    const clock = new VirtualClock();
    const stored = new Set<string>();
    let copy = new Set<string>();
    const outbox: FollowedOutbox = {
      name: 'memory',
      find: async (key) =>
        copy.has(key) ? ({ key, member: 'HR-1', state: 'done', attempts: 1 } as ItemReport) : undefined,
      refresh: async () => void (copy = new Set(stored)),
      close: async () => undefined,
    };
    const taken = Promise.withResolvers<undefined>();
    const outcomes = new FollowedOutcomes({
      inbox: { find: (key) => (key === 'till:1' ? taken.promise : Promise.resolve(undefined)) },
      open: async () => outbox,
      clock,
    });
    const asked = outcomes.outcome('till:1');
    await clock.sleep(10);
    // Somebody else asks, so that the outbox is read before the worker has stored it.
    expect(await outcomes.outcome('till:2')).to.equal(undefined);
    stored.add('till:1');
    await clock.sleep(10);
    taken.resolve(undefined);
    expect(await asked).to.include({ key: 'till:1', is: 'done' });
    await outcomes.close();
  });
});
