import { expect } from 'chai';
import { exitCode, NothingToKeepError, resumeSync } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { arrayFeed, purchase } from './org/arrayFeed.js';
import type { TestRow } from './org/arrayFeed.js';
import { expectToAddUp } from './org/counts.js';
import { World } from './org/world.js';

interface File {
  readonly name: string;
  readonly rows: readonly TestRow[];
  readonly repeats?: 'accept';
}

/** Runs a sync over these files in order. */
async function read(world: World, ...files: readonly File[]): Promise<SyncReport> {
  const report = await world.start({ feeds: files.map(({ rows, ...rest }) => arrayFeed(rows, rest)) });
  expectToAddUp(report.counts);
  return report;
}

const old = { name: 'monday.csv', rows: [purchase('1', 'A')] };
const correction = { name: 'tuesday.csv', rows: [purchase('1', 'A', 'tea')] };

describe('an old line that is read again after its correction', () => {
  it('does not replace a correction that the org has refused', async () => {
    await using world = new World([], { members: ['A'] });
    world.org.refused.add('till:1');
    await read(world, old);
    await read(world, correction);
    world.org.refused.clear();
    const { counts } = await read(world, old);
    expect(counts.transactions.refusedBefore).to.equal(1);
    await world.retry();
    expect(world.org.tables.journals.map(({ content }) => content.TransactionAmount)).to.deep.equal([4]);
  });

  it('does not replace a correction in the same run, whichever is read first', async () => {
    for (const files of [
      [old, correction],
      [correction, old],
    ]) {
      await using world = new World([], { members: ['A'] });
      world.org.refused.add('till:1');
      await read(world, old);
      await read(world, correction);
      const { counts } = await read(world, ...files);
      expect(counts.transactions).to.include({ corrected: 0, conflict: 0 });
      expect(counts.transactions.refusedBefore + counts.transactions.repeatAccepted).to.equal(2);
      world.org.refused.clear();
      await world.retry();
      expect(world.org.tables.journals.map(({ content }) => content.TransactionAmount)).to.deep.equal([4]);
    }
  });

  it('is superseded at every line with the same content', async () => {
    await using world = new World([], { members: ['A'] });
    const thrice = { ...old, rows: [...old.rows, ...old.rows, ...old.rows], repeats: 'accept' as const };
    world.org.refused.add('till:1');
    await read(world, thrice);
    world.org.refused.clear();
    await read(world, correction);
    const report = await read(world, thrice);
    expect(report.counts.transactions).to.include({ superseded: 3, conflict: 0 });
    expect(exitCode(report)).to.equal(0);
  });
});

describe('a transaction of a member who still does not exist', () => {
  it('is counted once for each line of a run that brings it again from several files', async () => {
    await using world = new World([], { members: [] });
    await read(world, old);
    const { counts } = await read(world, old, { ...old, name: 'copy.csv' });
    expect(counts.transactions).to.include({ refusedBefore: 1, repeatAccepted: 1, takenUpByItself: 0 });
  });
});

describe('a run that continues after another one has settled its transactions', () => {
  it('counts a line of a transaction that it already had', async () => {
    await using world = new World([], { members: ['A'] });
    /** Starts a run that is interrupted in the first row. */
    const cutOff = async ({ rows, name }: File): Promise<SyncReport> => {
      const abort = new AbortController();
      const feed = arrayFeed(rows, { name, stretch: 1 });
      const read: typeof feed.read = async function* (options) {
        for await (const entries of feed.read(options)) {
          abort.abort();
          yield entries;
        }
      };
      return world.start({ feeds: [{ ...feed, read }], signal: abort.signal });
    };
    const stranger = purchase('1', 'nobody');
    await cutOff({ ...old, rows: [stranger] });
    const rest = { name: 'rest.csv', rows: [purchase('2', 'A'), stranger] };
    const { run } = await cutOff(rest);
    await read(world, { ...old, rows: [stranger] });
    world.org.tables.enrol('nobody');
    const report = await resumeSync({ ...world.options({ feeds: [arrayFeed(rest.rows, rest)] }), run });
    expectToAddUp(report.counts);
    expect(report.counts.transactions).to.include({ new: 1, openBefore: 1 });
  });
});

describe('a journal that the org has not run', () => {
  it('cannot be kept while it is open, although a line is in conflict', async () => {
    await using world = new World([], { members: ['A'] });
    world.org.fate = () => ({ answersAt: 300, answer: failure(401, 'INVALID_SESSION_ID') });
    const { counts } = await read(world, { name: 'both.csv', rows: [...old.rows, ...correction.rows] });
    expect(counts.transactions.conflict).to.equal(1);
    const failed = await world.retry({ keepOrg: ['till:1'] }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(NothingToKeepError);
  });

  for (const status of ['Pending', 'Error', 'Simulated']) {
    it(`cannot be kept as the right content: ${status}`, async () => {
      await using world = new World([], { members: ['A'] });
      world.org.hold({ number: 'till:1', member: 'A', status });
      await read(world, correction);
      const keeping = world.retry({ keepOrg: ['till:1'] });
      const failed = await keeping.catch((error: unknown) => error);
      expect(failed).to.be.instanceOf(NothingToKeepError);
      expect(String(failed)).to.include(status);
    });
  }
});
