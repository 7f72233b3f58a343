import { expect } from 'chai';
import { exitCode, planSync, SqliteOutbox } from '../../../src/sync/index.js';
import type { StartOptions, SyncPlan, SyncReport } from '../../../src/sync/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { Life } from '../org/life.js';
import { LocalWorld, sale } from './localWorld.js';

const increment = 'UsageIncrementForCumulativePromotion';
const enrollment = { associatedContactDetails: { lastName: 'New' } };

/** Rows of a route: some that it sends, of a member whom the org does not have too, and some that it cannot send. */
interface RouteRows {
  readonly options: Partial<StartOptions>;
  readonly good: readonly Transaction[];
  readonly bad: readonly Transaction[];
  /** The first preview. */
  readonly sent: (world: LocalWorld) => object;
}

const journal = {
  ActivityDate: '2026-04-03T08:00:00Z',
  TransactionAmount: '3.00',
  ExternalTransactionNumber: 'till:1',
};
const credit = { PointsToCredit: '5', ProgramCurrencyName: 'Miles' };
const cups = { PromotionName: 'Ten cups', [increment]: 2 };

const routes: Readonly<Record<string, RouteRows>> = {
  realtime: {
    options: {},
    good: [sale(1, 'A1'), { ...sale(2, 'N1'), enrollment }],
    bad: [sale(3, 'B2', cups), sale(4, 'B2', credit)],
    sent: () => ({ ...journal, MembershipNumber: 'A1', JournalTypeName: 'Accrual', Status: 'Pending' }),
  },
  records: {
    options: { route: 'records' },
    good: [sale(1, 'A1'), { ...sale(2, 'N1'), enrollment }],
    bad: [sale(3, 'B2', cups), sale(4, 'B2', { JournalTypeName: 'Acrual' })],
    sent: recordOf,
  },
  bulk: {
    options: { route: 'bulk' },
    good: [sale(1, 'A1'), { ...sale(2, 'N1'), enrollment }],
    bad: [sale(3, 'B2', cups), sale(4, 'B2', { Comment: '#N/A' })],
    sent: recordOf,
  },
  'credit-points': {
    options: { route: 'credit-points', process: 'Credit Points' },
    good: [sale(1, 'A1', credit), { ...sale(2, 'N1', credit), enrollment }],
    bad: [
      sale(3, 'B2'),
      sale(4, 'B2', { ...credit, PointsToCredit: '0' }),
      sale(5, 'N1', { ...credit, PointsToCredit: '-1' }),
    ],
    sent: () => ({
      PointsToCredit: 5,
      ProgramCurrencyName: 'Miles',
      TransactionJournal: { ...journal, MembershipNumber: 'A1', JournalTypeName: 'Accrual', Status: 'Processed' },
    }),
  },
  progress: {
    options: { route: 'progress' },
    good: [sale(1, 'A1', cups), { ...sale(2, 'N1', cups), enrollment }],
    bad: [
      sale(3, 'B2'),
      sale(4, 'B2', { ...cups, [increment]: '1.5' }),
      sale(5, 'B2', { ...cups, PromotionName: 'Eleven cups' }),
      sale(6, 'N1', { ...cups, [increment]: 0 }),
    ],
    sent: ({ org: { emulator } }) => ({
      loyaltyProgramMemberId: emulator.store.find('LoyaltyProgramMember', { MembershipNumber: 'A1' })[0]?.Id,
      promotionId: emulator.store.find('Promotion', { Name: 'Ten cups' })[0]?.Id,
      usageIncrementForCumulativePromotion: 2,
    }),
  },
};

function recordOf({ org: { emulator, program } }: LocalWorld): object {
  return {
    ...{ ...journal, LoyaltyProgramId: program.id, JournalTypeId: program.accrual, Status: 'Pending' },
    MemberId: emulator.store.find('LoyaltyProgramMember', { MembershipNumber: 'A1' })[0]?.Id,
  };
}

describe('a dry run of a route', () => {
  for (const [route, { options, good, bad, sent }] of Object.entries(routes)) {
    it(`${route}: shows what it would send, and refuses what the run refuses`, async () => {
      await using world = await open([...good, ...bad]);
      const how = { ...options, unknownMembers: 'enroll' } as const;
      await using copy = SqliteOutbox.inMemory({ clock: world.clock });
      const plan: SyncPlan = await planSync({ ...world.options(how, new Life()), outbox: copy });
      expect(plan.preview.map(({ key, member }) => [key, member])).to.deep.equal([
        ['till:1', 'A1'],
        ['till:2', 'N1'],
      ]);
      expect(plan.preview[0]?.sent).to.deep.equal(sent(world));
      expect(plan.report.counts.items).to.include({ ready: good.length, refused: bad.length });
      expect(exitCode(plan.report)).to.equal(68);
      const report = await world.start(how);
      expect(report.counts.items).to.include({ done: good.length, refused: bad.length });
      expect(refusals(plan.report)).to.deep.equal(refusals(report));
    });
  }
});

async function open(rows: readonly Transaction[]): Promise<LocalWorld> {
  const world = await LocalWorld.open(rows.filter(({ member }) => member !== 'N1'));
  world.rows = rows;
  world.runInBatches();
  const process = { LoyaltyProgramId: world.org.program.id, ProcessType: 'CreditPointsToMembers', Status: 'Active' };
  world.org.emulator.store.insert('LoyaltyProgramProcess', { ...process, Name: 'Credit Points' });
  return world;
}

function refusals({ records }: SyncReport): unknown[] {
  return records.map(({ key, status, error }) => [key, status, error?.code, error?.message]).sort();
}
