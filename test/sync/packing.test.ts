import { expect } from 'chai';
import fc from 'fast-check';
import { purchase } from './org/arrayFeed.js';
import { World } from './org/world.js';

/** A feed in which some members are busier than others, and how it is sent. */
const workloads = fc.record({
  members: fc.array(fc.nat(30), { minLength: 1, maxLength: 250, size: 'max' }),
  hot: fc.nat(60),
  batchSize: fc.integer({ min: 1, max: 60 }),
});

async function requestsFor(
  { members, hot, batchSize }: { members: readonly number[]; hot: number; batchSize: number },
  concurrency: number,
): Promise<{ requests: number; bound: number }> {
  const owners = [...members, ...Array.from({ length: hot }, () => 0)];
  const rows = owners.map((member, index) => purchase(String(index), `M${member}`));
  await using world = new World(rows);
  // Requests overlap, and answers arrive in another order than the requests.
  world.org.fate = (execution) => world.org.honest(execution, 200 + ((world.org.executions.length * 7919) % 1500));
  const { counts } = await world.start({ batchSize, concurrency, prefer: 'calls' });
  expect(counts.items.done).to.equal(rows.length);
  const longest = Math.max(
    ...Map.groupBy(owners, (member) => member)
      .values()
      .map(({ length }) => length),
  );
  return { requests: world.org.executions.length, bound: Math.max(Math.ceil(rows.length / batchSize), longest) };
}

describe('how few requests a feed needs if few calls are preferred', () => {
  it('as few as in any schedule, one at a time', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, async (workload) => {
        const { requests, bound } = await requestsFor(workload, 1);
        expect(requests).to.be.at.most(bound);
      }),
      { numRuns: 60 },
    );
  });

  it('at most a tenth and ten more, several at a time', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, fc.integer({ min: 2, max: 8 }), async (workload, concurrency) => {
        const { requests, bound } = await requestsFor(workload, concurrency);
        expect(requests).to.be.at.most(1.1 * bound + 10);
      }),
      { numRuns: 60 },
    );
  });

  const each = (count: number, of: (index: number) => number): number[] =>
    Array.from({ length: count }, (_, index) => of(index));

  it('several at a time if the number of transactions is the bound', async () => {
    const workload = { members: each(200, (index) => index), hot: 0, batchSize: 10 };
    expect(await requestsFor(workload, 8)).to.deep.equal({ requests: 20, bound: 20 });
  });

  it('no partly filled batch beside others', async () => {
    const workload = { members: each(120, (index) => index % 12), hot: 0, batchSize: 8 };
    expect(await requestsFor(workload, 4)).to.deep.equal({ requests: 15, bound: 15 });
  });

  it('no batch without the busiest member if that member is the bound', async () => {
    const workload = { members: each(30, (index) => index + 1), hot: 40, batchSize: 10 };
    expect(await requestsFor(workload, 8)).to.deep.equal({ requests: 40, bound: 40 });
  });

  it('no more batches without the busiest member than there are to spare', async () => {
    const workload = { members: each(300, (index) => index + 1), hot: 20, batchSize: 10 };
    const { requests, bound } = await requestsFor(workload, 8);
    expect(bound).to.equal(32);
    expect(requests).to.be.at.most(36);
  });
});
