import { expect } from 'chai';
import { exitCode, UnfinishedRunError } from '../../src/sync/index.js';
import type { Feed, Outcome, SyncProgress } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { arrayFeed, purchase, purchases } from './org/arrayFeed.js';
import type { TestRow } from './org/arrayFeed.js';
import { failure } from './org/answers.js';
import { expectToAddUp } from './org/counts.js';
import { World } from './org/world.js';

const minutes = 60_000;
const manyMembers = (count: number): string[] => Array.from({ length: count }, (_, index) => `M${index}`);

/** Returns a feed that calls `before` with the number of rows that it has brought, before it brings the next ones. */
function pacedFeed(
  rows: readonly TestRow[],
  { before, stretch = 10, name }: { before: (rows: number) => Promise<void> | void; stretch?: number; name?: string },
): Feed {
  const feed = arrayFeed(rows, { stretch, ...(name !== undefined && { name }) });
  return {
    ...feed,
    async *read(options) {
      let read = options.from?.rows ?? 0;
      await before(read);
      for await (const each of feed.read(options)) {
        yield each;
        read += each.entries.length;
        await before(read);
      }
    },
  };
}

function bound(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name, target);
  return typeof member === 'function' ? (member.bind(target) as unknown) : member;
}

/** Checks that the org has every row exactly once. */
function expectEachOnce(world: World, rows: number): void {
  const effects = world.effects();
  expect(Object.keys(effects)).to.have.length(rows);
  expect(Object.values(effects).every((times) => times === 1)).to.equal(true);
}

describe('while a feed is being read', () => {
  it('the first requests leave and are settled', async () => {
    await using world = new World(purchases(200, manyMembers(40)));
    const sentBefore: number[] = [];
    const feed = pacedFeed(world.rows, {
      before: async () => {
        sentBefore.push(world.org.effects.length);
        await world.clock.sleep(100);
      },
    });
    const told: SyncProgress[] = [];
    const report = await world.start({ feeds: [feed], batchSize: 10, onProgress: (each) => told.push(each) });
    expect(report.ending).to.equal('complete');
    expect(sentBefore.at(-1)).to.be.greaterThan(100);
    expect(told.some(({ phase, read, settled }) => phase === 'intake' && read < 200 && settled > 0)).to.equal(true);
    expectEachOnce(world, 200);
  });

  it('an answer and the batch that follows it are stored together', async () => {
    await using world = new World(purchases(100, manyMembers(100)));
    const sentAfter: number[] = [];
    world.seenBySync = (outbox) => {
      const settled = async (outcomes: readonly Outcome[]): Promise<void> => {
        await outbox.delivery.settle(outcomes);
        sentAfter.push([...outbox.runs.items(world.lastRun, ['sent'])].length);
      };
      const delivery = new Proxy(outbox.delivery, {
        get: (target, name) => (name === 'settle' ? settled : bound(target, name)),
      });
      return new Proxy(outbox, { get: (target, name) => (name === 'delivery' ? delivery : bound(target, name)) });
    };
    await world.start({ batchSize: 10, concurrency: 1 });
    // Only the first request waits for the control of what the org has confirmed, and none follows the last.
    expect(sentAfter).to.deep.equal([0, 10, 10, 10, 10, 10, 10, 10, 10, 0]);
  });

  it('reading pauses while too many transactions are open, and each member keeps its order', async () => {
    const rows = purchases(400, manyMembers(20));
    await using world = new World(rows);
    let mostOpen = 0;
    const feed = pacedFeed(rows, {
      before: async () => {
        mostOpen = Math.max(mostOpen, await world.outbox.delivery.open());
      },
    });
    const { ending } = await world.start({ feeds: [feed], batchSize: 10, mostOpen: 50 });
    expect(ending).to.equal('complete');
    expect(mostOpen).to.be.within(41, 50);
    expectEachOnce(world, 400);
    const ofMember = rows.filter(({ member }) => member === 'M3').map(({ key }) => key);
    expect(world.order('M3')).to.deep.equal(ofMember);
  });

  it('the backlog of one member does not end the reading for good', async () => {
    const rows = [
      ...purchases(60, ['HOT']),
      ...purchases(100, ['HOT', 'A1']).slice(60),
      ...purchases(120, ['B2']).slice(100),
    ];
    await using world = new World(rows);
    const report = await world.start({ feeds: [arrayFeed(rows, { stretch: 10 })], mostOpen: 20 });
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 120]);
  });

  it('reading goes on beyond the bound if only a person can make room', async () => {
    const rows = [...purchases(40, ['A1']), ...purchases(60, ['B2']).slice(40)];
    await using world = new World(rows);
    world.org.hold({ number: world.numberOf('till:1'), member: 'A1', status: 'Pending', content: contentOf(rows[0]!) });
    const report = await world.start({
      feeds: [arrayFeed(rows, { stretch: 10 })],
      mostOpen: 15,
      emptyOutbox: 'lookup',
    });
    expect(report.counts.rows.read).to.equal(60);
    expect(report.counts.items).to.include({ parked: 1, ready: 39, done: 20 });
    expect(report.ending).to.equal('unfinished');
  });

  for (const [what, answer] of [
    ['locked', failure(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record')],
    ['lost', 'reset'],
  ] as const) {
    it(`everything open is ${what}: reading waits until it moves`, async () => {
      const rows = purchases(100, manyMembers(10));
      await using world = new World(rows);
      const { org } = world;
      org.fate = (execution) => (org.executions.length > 2 ? org.honest(execution) : { answersAt: 100, answer });
      const feeds = [arrayFeed(rows, { stretch: 10 })];
      const report = await world.start({ feeds, mostOpen: 15, batchSize: 5, settle: 2 * minutes });
      expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 100]);
      expectEachOnce(world, 100);
    });
  }

  it('a feed that brings nothing for an hour neither holds up what was read nor ends the run', async () => {
    const rows = purchases(30, manyMembers(30));
    await using world = new World(rows);
    let sentBefore = 0;
    const feed = pacedFeed(rows, {
      before: async (read) => {
        if (read !== 20) return;
        await world.clock.sleep(60 * minutes);
        sentBefore = world.org.effects.length;
      },
    });
    const report = await world.start({ feeds: [feed], batchSize: 200 });
    expect(sentBefore).to.equal(20);
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 30]);
  });

  it('the rows of a member that the program does not have are refused, however often it comes', async () => {
    const rows = purchases(100, ['A1', 'stranger']);
    await using world = new World(rows, { strangers: ['stranger'] });
    const feed = pacedFeed(rows, { before: () => world.clock.sleep(500) });
    const { counts } = await world.start({ feeds: [feed] });
    expect(counts.items).to.include({ done: 50, refused: 50 });
  });
});

describe('a run ends while its feed is being read', () => {
  it('by an error of the feed: requests in progress are settled, and a resume reads on', async () => {
    const rows = purchases(100, manyMembers(20));
    await using world = new World(rows);
    const broken = pacedFeed(rows, {
      before: async (read) => {
        await world.clock.sleep(100);
        if (read === 60) throw new Error('The disk is gone.');
      },
    });
    expect(await failureOf(world.start({ feeds: [broken], batchSize: 10 }))).to.have.property(
      'message',
      'The disk is gone.',
    );
    const counts = await world.outbox.runs.counts(world.lastRun);
    expectToAddUp(counts);
    expect((await world.outbox.runs.find())?.ending).to.equal('failed');
    expect(counts.rows.read).to.equal(60);
    expect(counts.items.sent).to.equal(0);
    expect(counts.items.done).to.equal(world.org.effects.length).and.greaterThan(0);
    expect((await world.resume()).counts.items.done).to.equal(100);
    expectEachOnce(world, 100);
  });

  it('at its reserve: the rest is unread, nothing can be retried before it, and a resume reads it', async () => {
    const rows = purchases(100, manyMembers(20));
    await using world = new World(rows);
    world.org.usage = { used: 0, limit: 100 };
    const feed = pacedFeed(rows, { before: () => world.clock.sleep(500) });
    const report = await world.start({ feeds: [feed], batchSize: 10, reserve: 88, prefer: 'speed' });
    expect([report.ending, report.stopped?.code]).to.deep.equal(['stopped', 'RESERVE_REACHED']);
    expect(report.counts.rows.read).to.be.within(10, 90);
    expect(report.notes.map(({ code }) => code)).to.include('rest-unread');
    expect(exitCode(report)).to.equal(69);
    expect(await failureOf(world.retry())).to.be.instanceOf(UnfinishedRunError);
    expect((await world.resume()).counts.items.done).to.equal(100);
    expectEachOnce(world, 100);
  });

  it('by Ctrl-C: requests in progress are settled, and a resume reads on', async () => {
    const rows = purchases(100, manyMembers(20));
    await using world = new World(rows);
    const abort = new AbortController();
    const feed = pacedFeed(rows, {
      before: async (read) => {
        await world.clock.sleep(100);
        if (read === 50) abort.abort();
      },
    });
    const report = await world.start({ feeds: [feed], batchSize: 10, signal: abort.signal });
    expect([report.ending, exitCode(report)]).to.deep.equal(['interrupted', 130]);
    expect(report.counts.rows.read).to.equal(50);
    expect(report.counts.items.sent).to.equal(0);
    expect(report.counts.items.done).to.be.greaterThan(0);
    expect((await world.resume()).counts.items.done).to.equal(100);
    expectEachOnce(world, 100);
  });

  it('without any progress: it is unfinished with its rest unread, and a resume reads it', async () => {
    const rows = purchases(100, manyMembers(100));
    await using world = new World(rows);
    const { org } = world;
    org.fate = () => ({ answersAt: 100, answer: failure(503, 'SERVER_UNAVAILABLE') });
    const report = await world.start({ feeds: [arrayFeed(rows, { stretch: 10 })], mostOpen: 30, wait: 5 * minutes });
    expect([report.ending, exitCode(report)]).to.deep.equal(['unfinished', 69]);
    expect(report.counts.rows.read).to.equal(40);
    org.fate = (execution) => org.honest(execution);
    expect((await world.resume()).counts.items.done).to.equal(100);
  });

  it('at its limit: the run is complete', async () => {
    await using world = new World(purchases(100, manyMembers(20)));
    const report = await world.start({ limit: 40, batchSize: 10 });
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 40]);
    expect(report.notes.map(({ code }) => code)).to.not.include('rest-unread');
  });
});

describe('a key that is read again after its transaction was sent', () => {
  /** Starts a run of two files, the second of which is read when everything of the first is settled. */
  const readBoth = async (world: World, second: TestRow): ReturnType<World['start']> => {
    const first = arrayFeed([purchase('1', 'A1')], { name: 'first.csv' });
    const later = pacedFeed([second], { name: 'second.csv', before: () => world.clock.sleep(minutes) });
    return world.start({ feeds: [first, later] });
  };

  it('with the same content, from another file of the run: once', async () => {
    await using world = new World([], { members: ['A1'] });
    const report = await readBoth(world, purchase('1', 'A1'));
    expect(report.counts.transactions).to.include({ new: 1, repeatAccepted: 1 });
    expect(exitCode(report)).to.equal(0);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('with other content, from another file of the run: a conflict', async () => {
    await using world = new World([], { members: ['A1'] });
    const report = await readBoth(world, purchase('1', 'A1', 'tea'));
    expect(report.counts.transactions).to.include({ new: 1, conflict: 1 });
    expect(exitCode(report)).to.equal(68);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('twice in one file: repeated or in conflict, as if it had not been sent', async () => {
    const rows = [purchase('1', 'A1'), purchase('2', 'B2'), purchase('1', 'A1'), purchase('2', 'B2', 'tea')];
    await using world = new World(rows);
    const feed = pacedFeed(rows, { stretch: 2, before: () => world.clock.sleep(minutes) });
    const { counts } = await world.start({ feeds: [feed] });
    expect(counts.transactions).to.include({ new: 2, repeated: 1, conflict: 1 });
    expect(world.effects()).to.deep.equal({ 'till:1': 1, 'till:2': 1 });
  });

  for (const [what, arrives] of [
    ['the org has it', true],
    ['it never arrived', false],
  ] as const) {
    it(`while a transaction of an earlier run is being sent, with other content; ${what}`, async () => {
      await using world = new World([purchase('1', 'A1')]);
      const { org } = world;
      org.fate = () => ({ answersAt: 100, answer: failure(503, 'SERVER_UNAVAILABLE') });
      await world.start({ wait: 0 });
      org.fate = (execution) =>
        org.executions.length > 2 || arrives
          ? org.honest(execution, 5000)
          : { answersAt: 5000, answer: failure(503, 'SERVER_UNAVAILABLE') };
      const corrected = [purchase('1', 'A1', 'tea')];
      let wasSent = false;
      const feed = pacedFeed(corrected, {
        before: async () => {
          while (org.executions.length < 2) await world.clock.sleep(100);
          wasSent ||= world.org.effects.length === 0;
        },
      });
      const report = await world.start({ feeds: [feed] });
      expect(wasSent).to.equal(true);
      expectToAddUp(report.counts);
      expect(report.counts.transactions).to.include({ corrected: 1 });
      if (arrives) expect(report.counts.items).to.include({ done: 1, conflictInOrg: 1 });
      else expect(report.counts.items).to.include({ done: 1, replaced: 1 });
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });
  }
});

function contentOf({ journal }: ReturnType<typeof purchase>): {
  ActivityDate: string;
  JournalType: string;
  TransactionAmount: number;
} {
  return {
    ActivityDate: String(journal['ActivityDate']).replace('Z', '.000+0000'),
    JournalType: String(journal['JournalTypeName']),
    TransactionAmount: Number(journal['TransactionAmount']),
  };
}
