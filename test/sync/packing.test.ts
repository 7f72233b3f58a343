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

interface Workload {
  readonly members: readonly number[];
  readonly hot: number;
  readonly batchSize: number;
}

/** Returns the owner of each row. The rows of the busiest member come last, or are spread over the feed. */
function ownersOf({ members, hot }: Workload, isSpread: boolean): number[] {
  const owners = [...members, ...Array.from({ length: hot }, () => 0)];
  // Every place is taken once, because no number of rows is a multiple of this prime.
  return isSpread ? owners.map((_, index) => owners[(index * 7919) % owners.length]!) : owners;
}

async function requestsFor(
  workload: Workload,
  concurrency: number,
  prefer: 'speed' | 'calls' = 'calls',
): Promise<{ requests: number; bound: number }> {
  const { batchSize } = workload;
  const owners = ownersOf(workload, prefer === 'speed');
  const rows = owners.map((member, index) => purchase(String(index), `M${member}`));
  await using world = new World(rows);
  // Requests overlap, and answers arrive in another order than the requests.
  world.org.fate = (execution) => world.org.honest(execution, 200 + ((world.org.executions.length * 7919) % 1500));
  const { counts } = await world.start({ batchSize, concurrency, prefer });
  expect(counts.items.done).to.equal(rows.length);
  const { full, longest } = shapeOf(workload);
  return { requests: world.org.executions.length, bound: Math.max(full, longest) };
}

/** Returns the number of full requests that a feed fills, and the number of rows of its busiest member. */
function shapeOf(workload: Workload): { full: number; longest: number } {
  const owners = ownersOf(workload, false);
  const lengths = [...Map.groupBy(owners, (member) => member).values()].map(({ length }) => length);
  return { full: Math.ceil(owners.length / workload.batchSize), longest: Math.max(...lengths) };
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

/** Sends a feed with 8 requests at a time, and returns when which part of it was settled. */
async function speedOf(owners: readonly string[], batchSize: number): Promise<{ requests: number; times: number[] }> {
  const rows = owners.map((owner, index) => purchase(String(index), owner));
  await using world = new World(rows);
  await world.start({ batchSize, concurrency: 8, prefer: 'speed' });
  const first = world.org.executions[0]!.at;
  return { requests: world.org.executions.length, times: world.org.effects.map(({ at }) => at - first) };
}

describe('how few requests a feed needs if speed is preferred', () => {
  /** Of one request, in milliseconds. */
  const latency = 300;

  it('at most one and a half times the fewest or one more for each item of the longest queue, and two more', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, fc.integer({ min: 1, max: 8 }), async (workload, concurrency) => {
        const { requests, bound } = await requestsFor(workload, concurrency, 'speed');
        const { full, longest } = shapeOf(workload);
        expect(requests).to.be.at.most(Math.max(1.5 * bound, full + longest) + 2);
      }),
      { numRuns: 60 },
    );
  });

  it('one transaction of each member: full requests only, eight at a time', async () => {
    const { requests, times } = await speedOf(
      Array.from({ length: 2000 }, (_, index) => `M${index}`),
      10,
    );
    expect(requests).to.equal(200);
    // Beginning takes the first request, its control and two round trips with fewer requests.
    expect(times.at(-1)).to.be.at.most((200 / 8 + 4) * latency);
  });

  it('few members: requests that are not full leave beside others', async () => {
    const { requests, times } = await speedOf(
      Array.from({ length: 600 }, (_, index) => `M${index % 30}`),
      20,
    );
    expect(requests).to.be.at.most(45);
    expect(times.at(-1)).to.be.at.most((20 + 4) * latency);
  });

  it('one busy member holds up nobody else', async () => {
    const owners = Array.from({ length: 2000 }, (_, index) => (index % 10 === 0 ? 'HOT' : `M${index}`));
    const { requests, times } = await speedOf(owners, 20);
    expect(requests).to.be.at.most(300);
    const isOther = times.length * 0.9;
    expect(times[Math.floor(isOther)]).to.be.at.most((100 / 8 + 6) * latency);
    expect(times.at(-1)).to.be.at.most((200 + 4) * latency);
  });
});

describe('what a run prefers', () => {
  const rows = Array.from({ length: 300 }, (_, index) => purchase(String(index), `M${index}`));
  const notesOf = async (used: number, options: Parameters<World['start']>[0] = {}): Promise<string[]> => {
    await using world = new World(rows);
    world.org.usage = { used, limit: 1000 };
    const { notes } = await world.start({ batchSize: 10, ...options });
    return notes.filter(({ code }) => code.startsWith('prefer-')).map(({ message }) => message);
  };

  it('speed while enough calls are left', async () => {
    expect(await notesOf(0)).to.deep.equal([
      'To be fast, the run sent 30 requests. Everything that was open needs at least 30.',
    ]);
  });

  it('few calls when fewer than three times those that are needed are left, without the reserve', async () => {
    const [note] = await notesOf(0, { reserve: 920 });
    expect(note).to.match(
      /^To make few calls, because only \d\d calls were left today and 2\d were needed, the run sent 30 requests\. Everything that was open needs at least 30\.$/,
    );
  });

  it('what it is told to', async () => {
    const told = 'as asked, the run sent 30 requests. Everything that was open needs at least 30.';
    expect(await notesOf(0, { prefer: 'calls' })).to.deep.equal([`To make few calls, ${told}`]);
    expect(await notesOf(930, { prefer: 'speed' })).to.deep.equal([`To be fast, ${told}`]);
  });

  it('nothing if nothing was sent', async () => {
    await using world = new World(rows);
    await world.start();
    expect((await world.start()).notes.map(({ code }) => code)).to.not.include('prefer-speed');
  });
});
