import { expect } from 'chai';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { resumeSync, startSync } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { MemoryLog } from '../outbox/memoryLog.js';
import { VirtualClock } from '../support/virtualClock.js';
import { arrayFeed, purchases, source } from './org/arrayFeed.js';
import { clientOf } from './org/fakeClient.js';
import { FakeOrg } from './org/fakeOrg.js';
import { Life } from './org/life.js';
import { diesWhen } from './org/machines.js';
import { programName } from './org/tables.js';

const lease = 10_000;
const minutes = 60_000;
const settle = 12 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
const rows = purchases(60, members);

/** An org with markers, and processes that deliver to it from one shared outbox. */
function setUp() {
  const clock = new VirtualClock();
  const org = new FakeOrg({ members, clock, hasMarkers: true });
  const log = new MemoryLog(clock, lease);
  const deliver = async (life = new Life()): Promise<SyncReport | 'died'> => {
    const outbox = await SharedOutbox.open(mortal(log, life), { clock });
    const options = {
      ...{ client: clientOf(org, life), program: programName, outbox: life.outbox(outbox), source, clock, settle },
      ...{ feeds: [arrayFeed(rows)], batchSize: 2, concurrency: 1, wait: 2 * settle },
    };
    const latest = await outbox.runs.find();
    const run = latest ? resumeSync({ ...options, run: latest.id }) : startSync(options);
    const end = await Promise.race([run, life.death]);
    await Promise.race([outbox.close(), life.death]);
    // One that was killed has not given its lease back.
    await clock.sleep(lease);
    return end;
  };
  /** Returns the milliseconds until each member gets something. */
  const takeOver = async (): Promise<number[]> => {
    const [before, from] = [org.executions.length, clock.true()];
    expect(await deliver()).to.include({ ending: 'complete' });
    const first = new Map<string, number>();
    for (const { journals, at } of org.executions.slice(before))
      for (const { member } of journals) first.set(member, first.get(member) ?? at - from);
    return [...first.values()];
  };
  const expectAllOnce = (): void => {
    expect(org.effects).to.have.lengthOf(rows.length);
    expect(org.violations).to.deep.equal([]);
  };
  return { org, log, deliver, takeOver, expectAllOnce };
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

describe('A process that takes over a shared outbox at level 1', () => {
  it('goes on at once when another one was killed: only members with a request under way wait', async () => {
    const { org, deliver, takeOver, expectAllOnce } = setUp();
    expect(await deliver(diesWhen(() => org.effects.length >= 20))).to.equal('died');
    const delays = await takeOver();
    const [atOnce, later] = [delays.filter((each) => each < minutes), delays.filter((each) => each >= settle)];
    expect(atOnce).to.not.be.empty;
    expect(atOnce.length + later.length).to.equal(members.length);
    expectAllOnce();
  });

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
    expect(await deliver(diesWhen(() => org.executions.length >= 5))).to.equal('died');
    org.fate = fate;
    (await forgets.promise)();
    return history;
  }

  it('waits for what a restored database has forgotten, and may still arrive', async () => {
    const { takeOver, expectAllOnce } = await restored();
    for (const delay of await takeOver()) expect(delay).to.be.at.least(settle);
    expectAllOnce();
  });

  it('waits, too, when the one before was killed before it had waited', async () => {
    const { deliver, takeOver, expectAllOnce } = await restored();
    expect(await deliver(new Life((moment) => moment === 'after confirm'))).to.equal('died');
    for (const delay of await takeOver()) expect(delay).to.be.at.least(settle);
    expectAllOnce();
  });

  it('goes on at once again, when the one before had waited', async () => {
    const { org, deliver, takeOver, expectAllOnce } = await restored();
    expect(await deliver(diesWhen(() => org.executions.length >= 12))).to.equal('died');
    const delays = await takeOver();
    expect(delays.filter((each) => each < minutes)).to.not.be.empty;
    expectAllOnce();
  });
});
