import { expect } from 'chai';
import { OutboxDatabaseError, standBy } from '../../../src/sync/index.js';
import type { SeenLease } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { VirtualClock } from '../../support/virtualClock.js';

const length = 9000;
const away = (isPassing = true) => new OutboxDatabaseError('postgres://db/x', isPassing, new Error('ECONNREFUSED'));

/** Stands by while each look sees the next of these, and returns when it looked and what it told. */
async function watched(
  seen: readonly (number | undefined | Error)[],
  { signal = new AbortController().signal, endsWhenAway = false } = {},
) {
  const clock = new VirtualClock();
  const looks: number[] = [];
  const told: string[] = [];
  const begin = clock.monotonic();
  const isTurn = standBy({
    view: {
      length,
      look: async (): Promise<SeenLease> => {
        const left = seen[looks.push(clock.monotonic() - begin) - 1];
        if (left instanceof Error) throw left;
        return { holder: left === undefined ? undefined : { host: 'till-1', pid: 7, left }, change: 1 };
      },
    },
    clock,
    signal,
    onSeen: ({ holder }) => told.push(holder ? `${holder.pid} on ${holder.host}` : 'nobody'),
    onAway: (error) => {
      if (endsWhenAway) throw error;
      told.push('away');
    },
  });
  return { isTurn: await isTurn, looks, told };
}

describe('a standby', () => {
  it('looks three times in the length of a lease, and when the lease should end', async () => {
    const { isTurn, looks, told } = await watched([9000, 8000, 1000, undefined]);
    expect([isTurn, looks]).to.deep.equal([true, [0, 3000, 6000, 7020]]);
    expect(told).to.deep.equal(['7 on till-1', '7 on till-1', '7 on till-1', 'nobody']);
  });

  it('asks again while the database is away, no more often', async () => {
    const { isTurn, looks, told } = await watched([9000, away(), away(), undefined]);
    expect([isTurn, looks]).to.deep.equal([true, [0, 3000, 6000, 9000]]);
    expect(told).to.deep.equal(['7 on till-1', 'away', 'away', 'nobody']);
  });

  it('ends if waiting changes nothing, and at the signal', async () => {
    const wrong = away(false);
    expect(await failureOf(watched([wrong]))).to.equal(wrong);
    const passing = away();
    expect(await failureOf(watched([9000, passing], { endsWhenAway: true }))).to.equal(passing);
    expect((await watched([9000], { signal: AbortSignal.abort() })).isTurn).to.equal(false);
  });
});
