import { expect } from 'chai';
import { packageSource } from '../../../src/cli/packageSource.js';
import { exitCode, SqliteOutbox } from '../../../src/sync/index.js';
import type { StartOptions } from '../../../src/sync/index.js';
import type { EmulatorOptions, FaultRuleInput } from '../../../src/emulator/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { Life } from '../org/life.js';
import { arrayFeed } from '../org/arrayFeed.js';
import { LocalWorld, sale } from './localWorld.js';

const members = ['A1', 'B2', 'C3'];
const credit: Partial<StartOptions> = { route: 'credit-points', process: 'Credit Points' };
const call = { method: 'POST', path: '/connect/loyalty/programs/*' } as const;

/** Each credits as many points as its number says. */
function credits(count: number): Transaction[] {
  return Array.from({ length: count }, (_, index) => creditOf(index + 1, members[index % members.length] ?? ''));
}

function creditOf(number: number, member: string, more: Transaction['journal'] = {}): Transaction {
  return sale(number, member, { PointsToCredit: String(number), ProgramCurrencyName: 'Miles', ...more });
}

async function open(rows: readonly Transaction[], { faults, ...options }: EmulatorOptions = {}): Promise<LocalWorld> {
  const world = await LocalWorld.open(rows, options);
  const { store } = world.org.emulator;
  const process = { LoyaltyProgramId: world.org.program.id, ProcessType: 'CreditPointsToMembers', Status: 'Active' };
  store.insert('LoyaltyProgramProcess', { ...process, Name: 'Credit Points' });
  if (faults) world.org.emulator.faults.replace(faults);
  return world;
}

/** Every credit has one journal and its points once, in the order of the feed for each member. */
async function expectCredited(world: LocalWorld, rows = world.rows): Promise<void> {
  const { emulator } = world.org;
  await emulator.faults.settled();
  const numbers = new Map(
    emulator.store.find('TransactionJournal', {}).map((row) => [row.Id, String(row['ExternalTransactionNumber'])]),
  );
  expect([...numbers.values()].sort()).to.deep.equal(rows.map(({ key }) => key).sort());
  const credited = [...emulator.effects].flatMap(({ object, operation, fields }) =>
    object === 'LoyaltyLedger' && operation === 'insert'
      ? { key: numbers.get(String(fields['TransactionJournalId'])), member: String(fields['LoyaltyProgramMemberId']) }
      : [],
  );
  const inOrder = (all: readonly { key?: string | undefined; member: string }[]): string[] =>
    [...Map.groupBy(all, ({ member }) => member).values()].map((own) => own.map(({ key }) => key).join(' ')).sort();
  expect(inOrder(credited)).to.deep.equal(inOrder(rows));
  const points = emulator.store.find('LoyaltyLedger', {}).map((row) => Number(row['Points']));
  expect(points.sort((a, b) => a - b)).to.deep.equal(
    rows.map(({ journal }) => Number(journal['PointsToCredit'])).sort((a, b) => a - b),
  );
}

describe('the route of the process that credits points', () => {
  it('runs the process for each transaction, with its points and currency', async () => {
    await using world = await open(credits(7));
    const report = await world.start(credit);
    expect(report.counts.items).to.include({ done: 7, sentNow: 7, withoutEffect: 0 });
    expect(exitCode(report)).to.equal(0);
    await expectCredited(world);
  });

  it('refuses an org without the process, before anything is read, and names those that there are', async () => {
    await using world = await open(credits(2));
    const failure = await world.start({ route: 'credit-points' }).catch((error: unknown) => error);
    expect(failure).to.have.property('name', 'RouteSetupError');
    expect(failure).to.have.deep.property('actions', ['Name one with --process: Credit Points.']);
  });

  it('refuses what has no points, and what the process refuses by HTTP 200, and sends the others', async () => {
    const bad = [
      creditOf(4, 'A1', { PointsToCredit: '0' }),
      creditOf(5, 'B2', { ProgramCurrencyName: 'Doubloons' }),
      sale(6, 'C3'),
    ];
    await using world = await open([...credits(3), ...bad, creditOf(7, 'B2')]);
    const { counts, records } = await world.start(credit);
    expect(counts.items).to.include({ done: 4, refused: 3 });
    expect(records.map(({ key, error }) => [key, error?.code])).to.deep.include.members([
      ['till:4', 'NO_POINTS'],
      ['till:6', 'OTHER_ROUTE'],
    ]);
    expect(records.find(({ key }) => key === 'till:4')?.error?.message).to.contain('above 0, not 0.');
    await expectCredited(world, [...credits(3), creditOf(7, 'B2')]);
  });

  it('a key under which the org has credited other points is a conflict', async () => {
    await using world = await open(credits(2));
    await using other = SqliteOutbox.inMemory({ clock: world.clock });
    await world.start({ ...credit, outbox: other });
    const others = [creditOf(1, 'A1', { PointsToCredit: '99' }), creditOf(2, 'B2')];
    const { counts, records } = await world.start({ ...credit, feeds: [arrayFeed(others)] });
    expect(counts.items).to.include({ conflictInOrg: 1, done: 1, found: 1 });
    expect(records[0]?.error?.message).to.contain('has moved 1 points, not 99');
    await expectCredited(world);
  });

  it('points that the org has rounded are those that were sent', async () => {
    await using world = await open([creditOf(1, 'A1', { PointsToCredit: '12.345' })], {
      faults: { rules: [{ fault: 'silence', match: call, count: 1 }] },
    });
    expect((await world.start(credit)).counts.items).to.include({ conflictInOrg: 0, done: 1 });
  });

  it('a conflict about what this outbox has sent is no other sender', async () => {
    await using world = await open(credits(2), { faults: { rules: [{ fault: 'silence', match: call, count: 1 }] } });
    const { store } = world.org.emulator;
    const onRequest = (): void => {
      for (const { Id } of store.find('LoyaltyLedger', {}))
        store.update('LoyaltyLedger', Id, { Points: 50 }, { as: 'org' });
    };
    const report = await world.start({ ...credit, onRequest });
    expect(report.counts.items).to.include({ conflictInOrg: 1, done: 1 });
    expect(report.stopped).to.equal(undefined);
    expect(report.ending).to.equal('complete');
  });

  it('what was sent by another route and not run is left to a person', async () => {
    await using world = await open(credits(2));
    const { emulator, program } = world.org;
    const [member] = emulator.store.find('LoyaltyProgramMember', { MembershipNumber: 'A1' });
    emulator.store.insert('TransactionJournal', {
      ...{ MemberId: member?.Id, LoyaltyProgramId: program.id, JournalTypeId: program.accrual, Status: 'Pending' },
      ...{ ActivityDate: '2026-04-03T08:00:00Z', TransactionAmount: 3, ExternalTransactionNumber: 'till:1' },
    });
    const { counts } = await world.start({ ...credit, runPending: true });
    expect(counts.items).to.include({ parked: 1, done: 1 });
  });

  const faults: FaultRuleInput[] = [
    { fault: 'silence', match: call, count: 1 },
    { fault: 'silence', match: call, count: 2, skip: 3 },
    { fault: 'reset', match: call, count: 1 },
    { fault: 'drop', match: call, count: 1, skip: 1 },
    { fault: 'html', match: call, count: 1, committed: true },
    { fault: 'error', match: call, count: 2, status: 503, errorCode: 'SERVER_UNAVAILABLE' },
    { fault: 'error', match: call, count: 1, status: 400, errorCode: 'UNABLE_TO_LOCK_ROW' },
    { fault: 'error', match: { method: 'GET', path: '/query' }, count: 3, skip: 5, status: 500 },
  ];
  for (const rule of faults) {
    it(`${JSON.stringify(rule)} doubles nothing, loses nothing and keeps the order`, async () => {
      await using world = await open(credits(9), { faults: { rules: [rule] } });
      const report = await world.start(credit);
      expect(report.counts.items.done, JSON.stringify(report.stopped)).to.equal(9);
      await expectCredited(world);
    });
  }

  it('level 2: the org refuses a second journal of a key', async () => {
    await using world = await open(credits(4), { source: packageSource });
    const options: Partial<StartOptions> = { ...credit, uniqueField: 'Loyalty_Sync_Key__c' };
    await using other = SqliteOutbox.inMemory({ clock: world.clock });
    await world.start({ ...options, outbox: other, feeds: [arrayFeed(world.rows.slice(0, 2))] });
    const { counts } = await world.start({ ...options, emptyOutbox: 'trust' });
    expect(counts.items).to.include({ done: 4 });
    await expectCredited(world);
  });

  it('can be killed at any of its steps', async () => {
    const whole = new Life();
    {
      await using world = await open(credits(5));
      await world.start(credit, whole);
    }
    for (let last = 1; last <= whole.moments; last += 13) {
      await using world = await open(credits(5));
      const life = new Life((_, count) => count === last);
      await Promise.race([world.start(credit, life), life.death]);
      const { counts } = await world.goOn(credit);
      expect(counts.items.done, `killed at ${last}`).to.equal(5);
      await expectCredited(world);
    }
  });
});
