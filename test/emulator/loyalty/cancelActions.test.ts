import { expect } from 'chai';
import fc from 'fast-check';
import { ActionResponse } from '../../../src/contract/endpoints/actionEndpoints.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

describe('cancelAccrual and cancelRedemption', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
    org.addProcess('CreditPointsToMembers');
    org.addProcess('DebitPointsFromMembers');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const reasons = { CancellationReason: 'Returned the beans', ReversalCategory: 'Product Returned' };

  async function cancel(kind: 'Accrual' | 'Redemption', TransactionJournalId: string, more: object = {}) {
    const input = { TransactionJournalId, ...reasons, ...more };
    const { body } = await org.api.post(`/actions/standard/cancel${kind}`, { inputs: [input] });
    const [element] = ActionResponse.parse(body);
    return {
      id: element?.outputValues?.['CancellationTransactionJournalId'],
      error: String(body[0].errors?.[0]?.message),
    };
  }

  async function accrual(amount: number, member = 'WX-1'): Promise<string> {
    const { body } = await org.execute([purchase(member, amount)]);
    return body.processResult.transactionJournalResult[0].id;
  }

  async function redemption(points: number): Promise<string> {
    const ExternalTransactionNumber = `r-${points}`;
    const TransactionJournal = {
      ActivityDate: '2026-03-02T10:00:00Z',
      MembershipNumber: 'WX-1',
      ExternalTransactionNumber,
    };
    await org.process('DebitPointsFromMembers', { TransactionJournal, PointsToDebit: points });
    return org.emulator.store.first('TransactionJournal', { ExternalTransactionNumber })?.Id ?? '';
  }

  const journal = async (id: unknown) => {
    const fields = 'Status, JournalType.Name, RelatedJournalId, Comment, JournalReason, MemberId';
    const [row] = await org.rows(`SELECT ${fields} FROM TransactionJournal WHERE Id = '${String(id)}'`);
    const { JournalType, ...rest } = row ?? {};
    return { ...rest, type: (JournalType as { Name?: string } | undefined)?.Name };
  };

  it('take back what an accrual has credited, by a related journal', async () => {
    const id = await accrual(150);
    const { id: reversal } = await cancel('Accrual', id);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    expect(await journal(id)).to.include({ Status: 'Cancelled' });
    expect(await journal(reversal)).to.include({
      Status: 'Processed',
      type: 'Accrual Reversal',
      RelatedJournalId: id,
      Comment: 'Returned the beans',
      JournalReason: 'Product Returned',
      MemberId: await org.memberId('WX-1'),
    });
    const tier = org.emulator.store.find('LoyaltyMemberTier', { Status: 'Active' }).map((row) => row['Name']);
    expect(tier, 'the tier follows').to.deep.equal(['Bronze', 'Bronze']);
  });

  it('give back what a redemption has taken', async () => {
    await accrual(80);
    const { id } = await cancel('Redemption', await redemption(30), { ExpiryDate: '2027-01-31' });
    expect(await journal(id)).to.include({ type: 'Redemption Reversal' });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 80, Stars: 80 });
  });

  it('give points back with the dates that they had, or with the given one', async () => {
    const monthly = { ExpiryModel: 'Fixed', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' };
    org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, monthly);
    await org.execute([purchase('WX-1', 10, { ActivityDate: '2026-05-01T10:00:00Z' })]);
    await org.execute([purchase('WX-1', 10, { ActivityDate: '2026-04-01T10:00:00Z' })]);
    const parts = async (points: number, more: object = {}) => {
      const { id } = await cancel('Redemption', await redemption(points), more);
      const rows = org.emulator.store.find('LoyaltyLedger', { TransactionJournalId: String(id) });
      return rows.map((row) => [row['EventType'], row['Points'], row['ExpiryDate']]);
    };
    expect(await parts(13)).to.deep.equal([
      ['Credit', 10, '2026-05-01'],
      ['Credit', 3, '2026-06-01'],
    ]);
    expect(await parts(12, { ExpiryDate: '31-01-2027' })).to.deep.equal([['Credit', 12, '2027-01-31']]);
    expect(await org.balances('WX-1')).to.include({ Stars: 20 });
  });

  it('take points of an accrual out of escrow, where they still are', async () => {
    org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, { HasEscrow: true });
    const { body } = await org.execute([purchase('WX-1', 10, { EscrowPointsCreditDate: '2999-01-01' })]);
    const { error } = await cancel('Accrual', body.processResult.transactionJournalResult[0].id);
    expect(error).to.equal('undefined');
    const criteria = { LoyaltyProgramCurrencyId: org.program.stars, LoyaltyMemberId: await org.memberId('WX-1') };
    const held = org.emulator.store.first('LoyaltyMemberCurrency', criteria);
    expect(held).to.include({ EscrowPointsBalance: 0, PointsBalance: 0 });
  });

  it('refuse what cannot be cancelled, and move nothing', async () => {
    const id = await accrual(80);
    expect((await cancel('Redemption', id)).error).to.include('of type Accrual, not Redemption');
    expect((await cancel('Accrual', id, { CancellationReason: '' })).error).to.include('CancellationReason');
    expect((await cancel('Accrual', await accrual(0))).error).to.include('no ledgers');
    await redemption(30);
    expect((await cancel('Accrual', id)).error, 'points that are spent').to.include('would become -30');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 80, Stars: 50 });
    const other = await accrual(5, 'WX-2');
    await cancel('Accrual', other);
    expect((await cancel('Accrual', other)).error).to.include('is Cancelled, not Processed');
  });

  it('keep each balance the sum of its ledger rows, and above zero, whatever happens in which order', async () => {
    const amount = fc.integer({ min: 1, max: 60 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('accrual' as const), amount, from: fc.boolean() }),
      fc.record({ kind: fc.constant('adjust' as const), amount, from: fc.boolean(), isCredit: fc.boolean() }),
      fc.record({ kind: fc.constant('transfer' as const), amount, from: fc.boolean() }),
      fc.record({ kind: fc.constant('debit' as const), amount, from: fc.boolean() }),
      fc.record({ kind: fc.constant('cancel' as const), amount, from: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        for (const each of steps) await take(each);
        for (const { memberId, currencyId, balance } of balances()) {
          expect(balance).to.be.at.least(0);
          expect(balance).to.equal(ledgerSum(memberId, currencyId));
        }
      }),
      { numRuns: 12, seed: 20_26 },
    );
  });

  interface Step {
    readonly kind: 'accrual' | 'adjust' | 'transfer' | 'debit' | 'cancel';
    readonly amount: number;
    readonly from: boolean;
    readonly isCredit?: boolean;
  }

  async function take({ kind, amount, from, isCredit = false }: Step): Promise<void> {
    const [source, target] = from ? (['WX-1', 'WX-2'] as const) : (['WX-2', 'WX-1'] as const);
    const ActivityDate = '2026-03-02T10:00:00Z';
    const run = (name: string, input: object) => org.api.post(`/actions/standard/${name}`, { inputs: [input] });
    const debit = { TransactionJournal: { ActivityDate, MembershipNumber: source }, PointsToDebit: amount };
    const ends = { sourceProgramMembershipNumber: source, targetProgramMembershipNumber: target };
    const change = { AdjustmentType: isCredit ? 'Credit' : 'Debit', Points: amount, ReasonforChange: 'x' };
    if (kind === 'accrual') await accrual(amount, source);
    if (kind === 'debit') await org.process('DebitPointsFromMembers', debit);
    if (kind === 'transfer') {
      await run('transferPoints', { programName: 'Harbour Rewards', transferPoints: amount, ...ends });
    }
    if (kind === 'adjust') {
      await run('adjustPoints', { LoyaltyProgramMemberId: await org.memberId(source), ...change });
    }
    if (kind !== 'cancel') return;
    const journals = org.emulator.store.find('TransactionJournal', { Status: 'Processed' });
    const { Id = '' } = journals[amount % Math.max(1, journals.length)] ?? {};
    await cancel('Accrual', Id);
    await cancel('Redemption', Id);
  }

  const balances = () =>
    org.emulator.store.find('LoyaltyMemberCurrency', {}).map((row) => ({
      memberId: String(row['LoyaltyMemberId']),
      currencyId: String(row['LoyaltyProgramCurrencyId']),
      balance:
        Number(row['TotalPointsAccrued']) - Number(row['TotalPointsRedeemed']) - Number(row['TotalPointsExpired']),
    }));

  const ledgerSum = (LoyaltyProgramMemberId: string, LoyaltyProgramCurrencyId: string) =>
    org.emulator.store
      .find('LoyaltyLedger', { LoyaltyProgramMemberId, LoyaltyProgramCurrencyId })
      .reduce((sum, row) => sum + Number(row['Points']) * (row['EventType'] === 'Credit' ? 1 : -1), 0);
});
