import { expect } from 'chai';
import { exitCode } from '../../../src/sync/index.js';
import type { FaultRuleInput } from '../../../src/emulator/index.js';
import { Life } from '../org/life.js';
import { LocalWorld, sale, sales } from './localWorld.js';

const members = ['A1', 'B2', 'C3', 'D4', 'E5'];
const route = 'records';
const inserts = { method: 'POST', path: '/composite/sobjects' } as const;
const runs = { method: 'POST', path: '/actions/standard/*' } as const;

describe('the route of records', () => {
  it('inserts journals and runs them by their Ids, in two calls for as many as a request takes', async () => {
    await using world = await LocalWorld.open(sales(12, members));
    const report = await world.start({ route });
    expect(report.counts.items).to.include({ done: 12, sentNow: 12 });
    expect(exitCode(report)).to.equal(0);
    await world.expectExactlyOnce();
    const requests = world.org.emulator.requests.toObject();
    expect(requests['POST /services/data/:version/composite/sobjects']).to.equal(3);
    expect(requests['POST /services/data/:version/actions/standard/:action']).to.equal(3);
  });

  it('a row that the org refuses takes no other with it, and needs no request of its own', async () => {
    const rows = sales(10, members);
    const bad = sale(11, 'F6', { TransactionLocation: 'x'.repeat(300) });
    await using world = await LocalWorld.open([...rows, bad, sale(12, 'F6')]);
    const { counts, records } = await world.start({ route });
    expect(counts.items).to.include({ done: 11, refused: 1 });
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({ key: 'till:11', status: 'refused' });
    expect(records[0]?.error?.code).to.equal('STRING_TOO_LONG');
    await world.expectExactlyOnce([...rows, sale(12, 'F6')]);
  });

  it('refuses names that a record cannot have, and types that the org does not have', async () => {
    const rows = sales(3, members);
    const odd = [sale(4, 'D4', { ProductCode: 'P1' }), sale(5, 'E5', { JournalTypeName: 'Acrual' })];
    await using world = await LocalWorld.open([...rows, ...odd]);
    const { records } = await world.start({ route });
    expect(records.map(({ error }) => error?.code).sort()).to.deep.equal(['NAME_NEEDS_ID', 'UNKNOWN_JOURNAL_TYPE']);
    await world.expectExactlyOnce(rows);
  });

  it('ends at a refusal that every row would meet, without refusing any of them', async () => {
    await using world = await LocalWorld.open(
      sales(9, members).map((row) => ({ ...row, journal: { ...row.journal, No__c: 1 } })),
    );
    const { counts, stopped } = await world.start({ route });
    expect(stopped?.code).to.equal('INVALID_FIELD');
    expect(counts.items).to.include({ done: 0, refused: 0, ready: 9 });
  });

  const faults: FaultRuleInput[] = [
    ...[inserts, runs].flatMap((match): FaultRuleInput[] => [
      { fault: 'silence', match, count: 1 },
      { fault: 'reset', match, count: 1 },
      { fault: 'drop', match, count: 1, skip: 1 },
      { fault: 'html', match, count: 1, committed: true },
      { fault: 'error', match, count: 2, status: 503, errorCode: 'SERVER_UNAVAILABLE' },
      { fault: 'error', match, count: 1, status: 400, errorCode: 'UNABLE_TO_LOCK_ROW' },
      { fault: 'partial', match, count: 1, first: 2 },
    ]),
    { fault: 'error', match: { method: 'GET', path: '/query' }, count: 3, skip: 4, status: 500 },
  ];
  for (const rule of faults) {
    const name = `${rule.fault} of ${JSON.stringify(rule.match)}`;
    it(`${name} doubles nothing, loses nothing and keeps each member's order`, async () => {
      await using world = await LocalWorld.open(sales(12, members), { faults: { rules: [rule] } });
      const report = await world.start({ route });
      expect(report.counts.items.done).to.equal(12);
      await world.expectExactlyOnce();
    });
  }

  it('can be killed at any of its steps', async () => {
    const whole = new Life();
    {
      await using world = await LocalWorld.open(sales(7, members));
      await world.start({ route }, whole);
    }
    for (let last = 1; last <= whole.moments; last += 17) {
      await using world = await LocalWorld.open(sales(7, members));
      const life = new Life((_, count) => count === last);
      await Promise.race([world.start({ route }, life), life.death]);
      const { counts } = await world.goOn({ route });
      expect(counts.items.done, `killed at ${last}`).to.equal(7);
      await world.expectExactlyOnce();
    }
  });

  it('what was inserted and not run by a killed process is run by its Id, by whatever route', async () => {
    await using world = await LocalWorld.open(sales(3, members));
    let inserted = false;
    const life = new Life((moment) => {
      inserted ||= world.org.emulator.store.find('TransactionJournal', {}).length > 0;
      return inserted && moment === 'before a call';
    });
    await Promise.race([world.start({ route }, life), life.death]);
    expect(await world.effects()).to.have.property('size', 0);
    expect((await world.resume({ route: 'realtime' })).counts.items.done).to.equal(3);
    await world.expectExactlyOnce();
  });

  it('refuses several transactions of a member in a request', async () => {
    await using world = await LocalWorld.open([]);
    const failure = await world.start({ route, perMember: 2 }).catch((error: unknown) => error);
    expect(failure)
      .to.be.instanceOf(RangeError)
      .with.property('message', '"perMember" must be 1 with the route records, not 2.');
  });

  it('enrolls members on the way, as the real-time route does', async () => {
    for (const other of [route, 'realtime'] as const) {
      await using world = await LocalWorld.open(sales(4, ['A1', 'B2']));
      await world.enrollsOnTheWay({ route: other });
    }
  });
});
