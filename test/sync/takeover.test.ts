import { expect } from 'chai';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { resumeSync, startSync } from '../../src/sync/index.js';
import type { StartOptions, SyncReport } from '../../src/sync/index.js';
import type { Transaction } from '../../src/transaction.js';
import { MemoryLog } from '../outbox/memoryLog.js';
import { VirtualClock } from '../support/virtualClock.js';
import { arrayFeed, purchase, purchases, source } from './org/arrayFeed.js';
import { clientOf } from './org/fakeClient.js';
import { FakeOrg } from './org/fakeOrg.js';
import type { Execution } from './org/fakeOrg.js';
import { Life } from './org/life.js';
import { diesWhen } from './org/machines.js';
import { programName } from './org/tables.js';

const lease = 10_000;
const minutes = 60_000;
const settle = 12 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];

interface Process extends Partial<StartOptions> {
  readonly life?: Life;
  /** Rows of a new run. Without them, the latest run is resumed. */
  readonly rows?: readonly Transaction[];
}

/** An org with markers, and processes that deliver to it from one shared outbox. */
function setUp() {
  const clock = new VirtualClock();
  const org = new FakeOrg({ members, clock, hasMarkers: true, uniqueField: 'honored' });
  const log = new MemoryLog(clock, lease);
  const deliver = async ({ life = new Life(), rows, ...more }: Process = {}): Promise<SyncReport | 'died'> => {
    const outbox = await SharedOutbox.open(mortal(log, life), { clock });
    const options = {
      ...{ client: clientOf(org, life), program: programName, outbox: life.outbox(outbox), source, clock, settle },
      feeds: rows ? [arrayFeed(rows, { name: rows[0]?.key })] : [],
      ...{ batchSize: 2, concurrency: 1, wait: 2 * settle, ...more },
    };
    const latest = rows ? undefined : await outbox.runs.find();
    const run = latest ? resumeSync({ ...options, run: latest.id }) : startSync(options);
    const end = await Promise.race([run, life.death]);
    await Promise.race([outbox.close(), life.death]);
    // One that was killed has not given its lease back.
    await clock.sleep(lease);
    return end;
  };
  /** Goes on with the latest run. Returns the milliseconds until each member gets something. */
  const takeOver = async (): Promise<number[]> => {
    const [before, from] = [org.executions.length, clock.true()];
    expect(await deliver()).to.include({ ending: 'complete' });
    const first = new Map<string, number>();
    for (const { journals, at } of org.executions.slice(before))
      for (const { member } of journals) first.set(member, first.get(member) ?? at - from);
    return [...first.values()];
  };
  const expectOnce = (count: number): void => {
    expect(new Set(org.effects.map(({ number }) => number)).size).to.equal(count);
    expect(org.effects).to.have.lengthOf(count);
    expect(org.violations).to.deep.equal([]);
  };
  /** The request with this number never arrives, and nobody hears of it. */
  const loses = (request: number): void => {
    const { fate } = org;
    org.fate = (execution: Execution) =>
      org.executions.length === request ? { answersAt: 5 * minutes, answer: 'timeout' } : fate(execution);
  };
  return { clock, org, log, deliver, takeOver, loses, expectOnce };
}

type History = ReturnType<typeof setUp>;

function sendsOne(org: FakeOrg): Life {
  const before = org.executions.length;
  return diesWhen(() => org.executions.length > before);
}

function soon(clock: VirtualClock): AbortSignal {
  const ends = new AbortController();
  clock.after(minutes, () => ends.abort());
  return ends.signal;
}

/** The log as a process reaches it until it dies. */
function mortal(log: MemoryLog, life: Life): MemoryLog {
  return new Proxy(log, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]): unknown =>
        life.isDead ? Promise.withResolvers().promise : Reflect.apply(value, target, values);
    },
  });
}

/** Returns an org with a request under way of which a restored database knows nothing. */
async function restored() {
  const history = setUp();
  const { org, log, deliver } = history;
  const forgets = Promise.withResolvers<() => void>();
  const { fate } = org;
  org.fate = (execution) => {
    if (org.executions.length === 4) forgets.resolve(log.backUp());
    // It is under way while the next process counts the journals of the org.
    return org.executions.length > 4
      ? { storesAt: 5 * minutes, answersAt: 6 * minutes, answer: 'results' }
      : fate(execution);
  };
  const life = diesWhen(() => org.executions.length >= 5);
  expect(await deliver({ life, rows: purchases(60, members) })).to.equal('died');
  org.fate = fate;
  (await forgets.promise)();
  return history;
}

describe('A process that takes over a shared outbox at level 1', () => {
  for (const [before, lives] of [
    ['another one was killed', []],
    ['the next one died, too, before the org had its marker', [new Life((moment) => moment === 'after remember')]],
  ] as const)
    it(`goes on at once when ${before}: only members with a request under way wait`, async () => {
      const { org, deliver, takeOver, expectOnce } = setUp();
      const life = diesWhen(() => org.effects.length >= 20);
      expect(await deliver({ life, rows: purchases(60, members) })).to.equal('died');
      for (const each of lives) expect(await deliver({ life: each })).to.equal('died');
      const delays = await takeOver();
      const [atOnce, later] = [delays.filter((each) => each < minutes), delays.filter((each) => each >= settle)];
      expect(atOnce).to.not.be.empty;
      expect(atOnce.length + later.length).to.equal(members.length);
      expectOnce(60);
    });

  it('finds what a sender without a marker has sent, also when as much is in doubt', async () => {
    const { org, clock, deliver, loses, expectOnce } = setUp();
    const rows = purchases(16, members);
    loses(2);
    const life = diesWhen(() => org.executions.length >= 2);
    expect(await deliver({ life, rows })).to.equal('died');
    await using other = await SharedOutbox.open(new MemoryLog(clock, lease), { clock });
    const trusting = { outbox: other, emptyOutbox: 'trust', uniqueField: 'Unique__c' } as const;
    expect(await deliver({ rows: rows.slice(10, 12), ...trusting })).to.include({ ending: 'complete' });
    await clock.sleep(20 * minutes);
    await deliver();
    expectOnce(16);
  });

  it('looks nothing up before it sends when the one before has ended with nothing in doubt', async () => {
    const { org, deliver, expectOnce } = setUp();
    const numbers = (): number => org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN')).length;
    expect(await deliver({ rows: purchases(4, members) })).to.include({ ending: 'complete' });
    const before = numbers();
    const first = org.executions.length + 1;
    const { fate } = org;
    const asked: number[] = [];
    org.fate = (execution) => {
      if (org.executions.length === first) asked.push(numbers() - before);
      return fate(execution);
    };
    const rows = ['n1', 'n2', 'n3'].map((key) => purchase(key, 'A1'));
    expect(await deliver({ rows })).to.include({ ending: 'complete' });
    expect(asked).to.deep.equal([0]);
    expectOnce(7);
  });

  describe('and reads on', () => {
    /** Returns which of two transactions were looked up: one that was read at once, and one that was read much later. */
    async function lookedUp({ org, deliver }: History, meanwhile = (): void => undefined): Promise<boolean[]> {
      const life = diesWhen(() => org.effects.length >= 20);
      expect(await deliver({ life, rows: purchases(60, members) })).to.equal('died');
      const before = org.executions.length;
      const { fate } = org;
      org.fate = (execution) => {
        if (org.executions.length === before + 1) meanwhile();
        // So that there are heartbeats.
        return { ...fate(execution), answersAt: 10_000 };
      };
      await deliver({ rows: purchases(120, members), mostOpen: 10 });
      const asked = org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN')).join();
      return [60, 120].map((number) => asked.includes(`'${source}:${number}'`));
    }

    it('looks new transactions up only until it is sure that it lacks nothing', async () => {
      const history = setUp();
      expect(await lookedUp(history)).to.deep.equal([true, false]);
      history.expectOnce(120);
    });

    it('goes on looking them up while the org has a journal that it does not account for', async () => {
      const history = setUp();
      const { org } = history;
      const byHand = { number: `${source}:119`, member: members[118 % members.length]!, status: 'Processed' } as const;
      expect(await lookedUp(history, () => org.hold(byHand))).to.deep.equal([true, true]);
      expect(org.executions.flatMap(({ journals }) => journals.map(({ number }) => number))).not.to.include(
        byHand.number,
      );
    });
  });

  it('waits for what a restored database has forgotten, and may still arrive', async () => {
    const { takeOver, expectOnce } = await restored();
    for (const delay of await takeOver()) expect(delay).to.be.at.least(settle);
    expectOnce(60);
  });

  it('waits, too, when the one before was killed before it had waited', async () => {
    const { deliver, takeOver, expectOnce } = await restored();
    expect(await deliver({ life: new Life((moment) => moment === 'after confirm') })).to.equal('died');
    for (const delay of await takeOver()) expect(delay).to.be.at.least(settle);
    expectOnce(60);
  });

  it('goes on at once again, when the one before had waited', async () => {
    const { org, deliver, takeOver, expectOnce } = await restored();
    expect(await deliver({ life: diesWhen(() => org.executions.length >= 12) })).to.equal('died');
    const delays = await takeOver();
    expect(delays.filter((each) => each < minutes)).to.not.be.empty;
    expectOnce(60);
  });
});

describe('A restored database at level 1', () => {
  const lost = [purchase('k1', 'A1'), purchase('k2', 'B2')];

  /** Restores a database that has forgotten as many transactions as are in doubt in it. */
  async function forgetful(): Promise<History> {
    const history = setUp();
    const { org, log, clock, deliver, loses } = history;
    loses(3);
    const life = diesWhen(() => org.executions.length >= 3);
    expect(await deliver({ life, rows: purchases(6, members) })).to.equal('died');
    const restore = log.backUp();
    const sends = diesWhen(() => org.effects.length >= 6);
    expect(await deliver({ life: sends, rows: lost })).to.equal('died');
    await clock.sleep(2 * minutes);
    restore();
    return history;
  }

  it('stops when nothing hides any more what it has forgotten', async () => {
    const { deliver } = await forgetful();
    expect(await deliver()).to.include({ ending: 'stopped' });
  });

  for (const [next, process] of [
    ['went on to its end', ({ deliver }: History) => deliver()],
    ['was killed when it had waited', ({ org, deliver }: History) => deliver({ life: sendsOne(org) })],
    ['was ended while it waited', ({ clock, deliver }: History) => deliver({ signal: soon(clock) })],
  ] as const)
    it(`sends nothing again of what it has forgotten, when the next process ${next}`, async () => {
      const history = await forgetful();
      await process(history);
      await history.deliver();
      await history.deliver({ rows: [purchase('n1', 'C3'), ...lost] });
      history.expectOnce(9);
    });

  it('is not taken for the newest one because a run at another level has left no marker', async () => {
    const { log, deliver, expectOnce } = setUp();
    expect(await deliver({ rows: purchases(4, members) })).to.include({ ending: 'complete' });
    const restore = log.backUp();
    expect(await deliver({ rows: lost, uniqueField: 'Unique__c' })).to.include({ ending: 'complete' });
    restore();
    expect(await deliver({ rows: [purchase('n1', 'C3'), ...lost] })).to.include({ ending: 'complete' });
    expectOnce(7);
  });
});
