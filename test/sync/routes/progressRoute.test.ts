import { expect } from 'chai';
import { SharedOutbox } from '../../../src/outbox/postgres/index.js';
import { exitCode, OutboxTakenError } from '../../../src/sync/index.js';
import type { StartOptions } from '../../../src/sync/index.js';
import type { EmulatorOptions, FaultRuleInput } from '../../../src/emulator/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { failureOf } from '../../client/loopback.js';
import { Life } from '../org/life.js';
import { arrayFeed } from '../org/arrayFeed.js';
import { StoppedLog } from '../org/stoppedLog.js';
import { LocalWorld, sale } from './localWorld.js';

const members = ['A1', 'B2', 'C3'];
const progress: Partial<StartOptions> = { route: 'progress' };
const action = { method: 'POST', path: '/actions/standard/*' } as const;
const usage = 'LoyaltyProgramMbrPromotion';

/** Increments of different sizes, so that a lost or doubled one shows in the sum. */
function increments(count: number): Transaction[] {
  return Array.from({ length: count }, (_, index) =>
    cups(index + 1, members[index % members.length] ?? '', 2 ** index),
  );
}

function cups(number: number, member: string, by: number, more: Transaction['journal'] = {}): Transaction {
  return sale(number, member, { PromotionName: 'Ten cups', UsageIncrementForCumulativePromotion: by, ...more });
}

async function open(rows: readonly Transaction[], { faults, ...options }: EmulatorOptions = {}): Promise<LocalWorld> {
  const world = await LocalWorld.open(rows, {
    effects: { fields: { [usage]: ['CumulativeUsageCompleted'] } },
    ...options,
  });
  if (faults) world.org.emulator.faults.replace(faults);
  return world;
}

/** The progress of each member. */
async function cupsOf({ org: { emulator } }: LocalWorld): Promise<Record<string, number>> {
  await emulator.faults.settled();
  const names = new Map(
    emulator.store.find('LoyaltyProgramMember', {}).map((row) => [row.Id, row['MembershipNumber']]),
  );
  return Object.fromEntries(
    emulator.store
      .find(usage, {})
      .map((row) => [
        String(names.get(String(row['LoyaltyProgramMemberId']))),
        Number(row['CumulativeUsageCompleted']),
      ]),
  );
}

function wanted(rows: readonly Transaction[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { member, journal } of rows) {
    sums[member] = (sums[member] ?? 0) + Number(journal['UsageIncrementForCumulativePromotion']);
  }
  return sums;
}

/** Somebody else changes the progress of a member. */
function setCups({ org: { emulator } }: LocalWorld, member: string, completed: number): void {
  const [found] = emulator.store.find('LoyaltyProgramMember', { MembershipNumber: member });
  const [row] = emulator.store.find(usage, { LoyaltyProgramMemberId: found?.Id });
  emulator.store.update(usage, row?.Id ?? '', { CumulativeUsageCompleted: completed });
}

/** The promotion starts again at its target, this often. */
function startAgain({ org: { emulator } }: LocalWorld, rounds: number): void {
  const limit = { PromotionId: promotionIdIn(emulator), Category: 'CustomerLevel', Type: 'UsagePerCustomer' };
  emulator.store.insert('PromotionLimit', { ...limit, Value: rounds }, { as: 'org' });
}

function promotionIdIn({ store }: LocalWorld['org']['emulator']): string {
  return store.find('Promotion', { Name: 'Ten cups' })[0]?.Id ?? '';
}

function setPosition(
  { org: { emulator } }: LocalWorld,
  member: string,
  { completed, rounds }: { readonly completed: number; readonly rounds: number },
): void {
  const { store } = emulator;
  const PromotionId = promotionIdIn(emulator);
  const [found] = store.find('LoyaltyProgramMember', { MembershipNumber: member });
  const LoyaltyProgramMemberId = found?.Id ?? '';
  for (const object of [usage, 'PromotionPartyUsage'] as const) {
    for (const { Id } of store.find(object, { LoyaltyProgramMemberId })) store.delete(object, Id);
  }
  const keys = { LoyaltyProgramMemberId, PromotionId };
  store.insert(usage, { ...keys, CumulativeUsageCompleted: completed }, { as: 'org' });
  const party = { PartyId: LoyaltyProgramMemberId, Type: 'LoyaltyProgramMember' };
  store.insert('PromotionPartyUsage', { ...keys, ...party, UsageCount: rounds }, { as: 'org' });
}

/** The uses of a member, and how often the target was reached. */
function positionOf({ org: { emulator } }: LocalWorld, member: string): [number, number] {
  const [found] = emulator.store.find('LoyaltyProgramMember', { MembershipNumber: member });
  const keys = { LoyaltyProgramMemberId: found?.Id ?? '' };
  const [uses] = emulator.store.find(usage, keys);
  const [rewards] = emulator.store.find('PromotionPartyUsage', keys);
  return [Number(uses?.['CumulativeUsageCompleted']), Number(rewards?.['UsageCount'])];
}

/** A process that dies while it waits for the answer to the action. */
async function dieAfterSending(world: LocalWorld): Promise<void> {
  let isSent = false;
  const life = new Life((moment) => {
    isSent ||=
      (world.org.emulator.requests.toObject()['POST /services/data/:version/actions/standard/:action'] ?? 0) > 0;
    return isSent && moment === 'sleep';
  });
  await Promise.race([world.start(progress, life), life.death]);
}

describe('the route of the action that advances progress', () => {
  it('advances many members by one request, and says what it rests on', async () => {
    await using world = await open(increments(7));
    const report = await world.start(progress);
    expect(report.counts.items).to.include({ done: 7, sentNow: 7 });
    expect(report.notes.map(({ code }) => code)).to.include('key-not-in-org');
    expect(exitCode(report)).to.equal(0);
    expect(await cupsOf(world)).to.deep.equal(wanted(world.rows));
    expect(world.org.emulator.requests.toObject()['POST /services/data/:version/actions/standard/:action']).to.equal(3);
    expect((await world.start(progress)).counts.transactions).to.include({ known: 7 });
    expect(await cupsOf(world)).to.deep.equal(wanted(world.rows));
  });

  it('is no difference to a verification, which finds no journal of it, and says so', async () => {
    await using world = await open(increments(3));
    await world.start(progress);
    const { differences, verified } = await world.verify();
    expect(differences).to.deep.equal([]);
    expect(verified.uncompared).to.equal(0);
    const note = verified.notes.find(({ code }) => code === 'no-journal');
    expect(note?.message).to.match(/^3 transactions advanced progress/);
  });

  it('refuses an org without a cumulative promotion, before anything is read', async () => {
    await using world = await open(increments(2));
    const { store } = world.org.emulator;
    for (const { Id } of store.find('Promotion', {})) store.delete('Promotion', Id);
    const failure = await world.start(progress).catch((error: unknown) => error);
    expect(failure).to.have.property('name', 'RouteSetupError');
  });

  it('refuses what names no promotion or no increment, and sends the others', async () => {
    const bad = [cups(3, 'A1', 1, { PromotionName: 'Nine Cups' }), cups(4, 'B2', 1.5), sale(5, 'C3')];
    const good = [cups(1, 'A1', 4), cups(2, 'B2', 8), cups(6, 'A1', 16)];
    await using world = await open([...bad, ...good]);
    const { counts, records } = await world.start(progress);
    expect(counts.items).to.include({ done: 3, refused: 3 });
    expect(records.map(({ error }) => error?.code).sort()).to.deep.equal([
      'NO_INCREMENT',
      'OTHER_ROUTE',
      'UNKNOWN_PROMOTION',
    ]);
    expect(await cupsOf(world)).to.deep.equal(wanted(good));
  });

  for (const route of ['realtime', 'records'] as const) {
    it(`and ${route} send nothing of each other's, and say which route a transaction needs`, async () => {
      await using world = await open([cups(1, 'A1', 4), sale(2, 'B2')]);
      const { counts, records } = await world.start({ route });
      expect(counts.items).to.include({ done: 1, refused: 1 });
      expect(records[0]?.error).to.deep.equal({
        code: 'OTHER_ROUTE',
        message:
          'It has UsageIncrementForCumulativePromotion, which only --route progress takes: run "sync retry" with ' +
          '--code OTHER_ROUTE and --route progress. Nothing was sent.',
      });
      const retried = await world.retry({ ...progress, codes: ['OTHER_ROUTE'] });
      expect(retried.counts.items).to.include({ done: 1, refused: 0 });
      expect(await cupsOf(world)).to.deep.equal({ A1: 4, B2: 1 });
    });
  }

  it('advances the active one of two promotions of the same name, and does not guess between two active ones', async () => {
    const row = cups(1, 'A1', 4);
    await using world = await open([row, cups(2, 'B2', 1)]);
    const { store } = world.org.emulator;
    const first = store.find('Promotion', { Name: 'Ten cups' })[0]?.Id ?? '';
    const keys = { Name: 'Ten cups', LoyaltyProgramId: world.org.program.id, LoyaltyPromotionType: 'Cumulative' };
    const second = { ...keys, CumulativeUsageTarget: 10, IsActive: true, StartDate: '2020-01-01' };
    const Id = store.insert('Promotion', second, { as: 'org' });
    const { records } = await world.start({ ...progress, feeds: [arrayFeed([row])] });
    expect(records[0]?.error).to.include({ code: 'UNKNOWN_PROMOTION' });
    expect(records[0]?.error?.message).to.include('name the Id').and.include(first).and.include(Id);
    store.update('Promotion', first, { IsActive: false }, { as: 'org' });
    expect((await world.start({ ...progress, feeds: [arrayFeed([cups(2, 'B2', 1)])] })).counts.items.done).to.equal(1);
    expect(store.find(usage, {}).map(({ PromotionId }) => PromotionId)).to.deep.equal([Id]);
  });

  const faults: FaultRuleInput[] = [
    { fault: 'silence', match: action, count: 1 },
    { fault: 'silence', match: action, count: 2, skip: 1 },
    { fault: 'reset', match: action, count: 1 },
    { fault: 'drop', match: action, count: 1, skip: 1 },
    { fault: 'html', match: action, count: 1, committed: true },
    { fault: 'error', match: action, count: 2, status: 503, errorCode: 'SERVER_UNAVAILABLE' },
    { fault: 'error', match: action, count: 1, status: 400, errorCode: 'UNABLE_TO_LOCK_ROW' },
    { fault: 'partial', match: action, count: 1, first: 2 },
    { fault: 'error', match: { method: 'GET', path: '/query' }, count: 3, skip: 5, status: 500 },
  ];
  for (const rule of faults) {
    it(`${JSON.stringify(rule)} doubles nothing and loses nothing`, async () => {
      await using world = await open(increments(9), { faults: { rules: [rule] } });
      const report = await world.start(progress);
      expect(report.counts.items.done, JSON.stringify([report.stopped, report.records])).to.equal(9);
      expect(await cupsOf(world)).to.deep.equal(wanted(world.rows));
    });
  }

  const startsAgain: { before: number; rounds: number; by: number; after: [number, number] }[] = [
    { before: 2, rounds: 0, by: 10, after: [2, 1] },
    { before: 5, rounds: 1, by: 10, after: [5, 2] },
    { before: 0, rounds: 0, by: 13, after: [3, 1] },
    { before: 5, rounds: 2, by: 12, after: [7, 3] },
    { before: 8, rounds: 8, by: 27, after: [25, 9] },
    { before: 3, rounds: 2, by: -10, after: [3, 1] },
    { before: 3, rounds: 1, by: -20, after: [0, 0] },
    { before: 5, rounds: 0, by: -10, after: [0, 0] },
  ];
  for (const { before, rounds, by, after } of startsAgain) {
    it(`a lost answer to ${by} from ${before} of 10 in round ${rounds + 1} counts once`, async () => {
      await using world = await open([cups(1, 'A1', by)]);
      startAgain(world, 9);
      setPosition(world, 'A1', { completed: before, rounds });
      world.org.emulator.faults.replace({ rules: [{ fault: 'silence', match: action, count: 1 }] });
      const { counts, records } = await world.start(progress);
      expect(counts.items.done, JSON.stringify(records)).to.equal(1);
      expect(positionOf(world, 'A1')).to.deep.equal(after);
    });
  }

  it('says both numbers if somebody else has changed a promotion that starts again', async () => {
    await using world = await open([cups(1, 'A1', 10)]);
    startAgain(world, 9);
    setPosition(world, 'A1', { completed: 2, rounds: 1 });
    world.org.emulator.faults.replace({ rules: [{ fault: 'silence', match: action, count: 1 }] });
    await dieAfterSending(world);
    setPosition(world, 'A1', { completed: 4, rounds: 2 });
    const { records } = await world.resume(progress);
    expect(records[0]?.error).to.include({ code: 'PROGRESS_CHANGED' });
    expect(records[0]?.error?.message).to.match(/was 2 before it, with the target reached 1×, and is 4, .* 2× now/);
    setPosition(world, 'A1', { completed: 2, rounds: 2 });
    expect((await world.retry({ ...progress, keys: ['till:1'] })).counts.items.done).to.equal(1);
    expect(positionOf(world, 'A1')).to.deep.equal([2, 2]);
  });

  it('what another route refuses is still compared with the progress before it', async () => {
    await using world = await open([cups(1, 'A1', 4)], {
      faults: { rules: [{ fault: 'silence', match: action, count: 1 }] },
    });
    await dieAfterSending(world);
    expect(await cupsOf(world)).to.deep.equal({ A1: 4 });
    const refusal = { fault: 'error', match: { path: '/connect/realtime/*' }, count: 9, status: 400 } as const;
    world.org.emulator.faults.replace({ rules: [{ ...refusal, errorCode: 'FIELD_INTEGRITY_EXCEPTION' }] });
    expect((await world.resume({ route: 'realtime' })).counts.items).to.include({ refused: 1 });
    expect((await world.retry(progress)).counts.items).to.include({ done: 1 });
    expect(await cupsOf(world)).to.deep.equal({ A1: 4 });
  });

  it('leaves it to a person if somebody else has changed the progress after a lost answer', async () => {
    await using world = await open(increments(6), {
      faults: { rules: [{ fault: 'silence', match: action, count: 1 }] },
    });
    await dieAfterSending(world);
    setCups(world, 'A1', 100);
    const { counts, records } = await world.resume(progress);
    expect(counts.items).to.include({ parked: 1, ready: 1, done: 4 });
    expect(records.find(({ status }) => status === 'parked')?.error).to.include({ code: 'PROGRESS_CHANGED' });
    // The person decides that it had counted, which the message says how to tell.
    setCups(world, 'A1', 1);
    expect((await world.retry({ ...progress, keys: ['till:1'] })).counts.items.done).to.be.greaterThan(0);
    expect((await world.resume(progress)).counts.items.ready).to.equal(0);
    expect(await cupsOf(world)).to.deep.equal(wanted(world.rows));
  });

  it('a refused increment that is taken up again is not taken for a later one of the same size', async () => {
    const rows = [cups(1, 'A1', 1), cups(2, 'A1', 1)];
    const rule: FaultRuleInput = {
      fault: 'error',
      match: action,
      count: 1,
      status: 400,
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
    };
    await using world = await open(rows, { faults: { rules: [rule] } });
    expect((await world.start(progress)).counts.items).to.include({ done: 1, refused: 1 });
    expect(await cupsOf(world)).to.deep.equal({ A1: 1 });
    expect((await world.retry(progress)).counts.items).to.include({ done: 1 });
    expect(await cupsOf(world)).to.deep.equal({ A1: 2 });
  });

  it('a correction of an increment that counted is a conflict, even if its answer was not there when it was read', async () => {
    const first = [cups(1, 'A1', 4)];
    await using world = await open(first, { faults: { rules: [{ fault: 'silence', match: action, count: 1 }] } });
    await dieAfterSending(world);
    const { counts } = await world.start({ ...progress, feeds: [arrayFeed([cups(1, 'A1', 6)])] });
    expect(counts.items).to.include({ conflictInOrg: 1 });
    expect(await cupsOf(world)).to.deep.equal({ A1: 4 });
  });

  it('sends nothing if it was stopped beyond its lease while it stored the progress before it', async () => {
    await using world = await open(increments(1));
    const { clock } = world;
    const outbox = await SharedOutbox.open(new StoppedLog(clock, 10_000, 2), { clock });
    expect(await failureOf(world.start({ ...progress, outbox }))).to.be.instanceOf(OutboxTakenError);
    expect(await outbox.increments.of([1])).to.have.property('size', 1);
    expect(await cupsOf(world)).to.deep.equal({});
    await outbox.close();
  });

  it('can be killed at any of its steps', async () => {
    const whole = new Life();
    {
      await using world = await open(increments(5));
      await world.start(progress, whole);
    }
    for (let last = 1; last <= whole.moments; last += 9) {
      await using world = await open(increments(5));
      const life = new Life((_, count) => count === last);
      await Promise.race([world.start(progress, life), life.death]);
      const { counts } = await world.goOn(progress);
      expect(counts.items.done, `killed at ${last}`).to.equal(5);
      expect(await cupsOf(world), `killed at ${last}`).to.deep.equal(wanted(world.rows));
    }
  });
});
