import { expect } from 'chai';
import type { SyncProgress } from '../../../src/sync/index.js';
import { IdleCheck } from '../../../src/sync/worker/idleCheck.js';
import { InboxPump } from '../../../src/sync/worker/inboxPump.js';
import { VirtualClock } from '../../support/virtualClock.js';

const progress = (read: number, settled: number): SyncProgress => ({
  ...{ run: 'r', phase: 'intake', requests: 0, open: 1, read, settled },
});

describe('a worker that ends when it is idle', () => {
  it('counts what is read as movement, although it settles nothing', async () => {
    const clock = new VirtualClock();
    const idle = new IdleCheck({ clock, wait: 1000, outbox: { delivery: { open: async () => 1 } } });
    for (let read = 1; read <= 5; read++) {
      await clock.sleep(800);
      idle.hear(progress(100 * read, 0));
    }
    expect(await idle.isIdle(false)).to.equal(false);
    for (const [ms, isIdle] of [
      [800, false],
      [300, true],
    ] as const) {
      await clock.sleep(ms);
      idle.hear(progress(500, 0));
      expect(await idle.isIdle(false)).to.equal(isIdle);
    }
  });

  it('looks also while the inbox is not empty and nothing more can be taken', async () => {
    const clock = new VirtualClock();
    const end = new AbortController();
    const looks: boolean[] = [];
    const pump = new InboxPump({
      inbox: { first: async () => [{ number: 1, transactions: [] }], remove: async () => undefined },
      service: { canPush: false, closed: undefined, take: () => Promise.reject(new Error('It takes nothing.')) },
      clock,
      onPause: async (isEmpty) => {
        looks.push(isEmpty);
        end.abort();
      },
    });
    clock.after(60_000, () => end.abort());
    await pump.run(end.signal);
    expect(looks).to.deep.equal([false]);
  });
});
