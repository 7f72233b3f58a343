import { expect } from 'chai';
import { ExampleOrg, purchase } from './exampleProgram.js';

const monthly = { ExpiryModel: 'Fixed', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' };

describe('credited points', () => {
  let org: ExampleOrg;
  before(async () => {
    org = await ExampleOrg.start({ settings: { pointsLifecycleTracking: true } });
    setCurrency(org, { ...monthly, DoesAllowLedgerTracing: true });
    await org.withMembers('WX-1', 'WX-2', 'WX-3', 'WX-4');
    const redemption = org.emulator.store.first('JournalType', { Name: 'Redemption' })?.Id;
    org.addProcess('TransactionJournal', { Name: 'Redeem', JournalTypeId: redemption });
  });
  after(() => org.emulator.stop());

  it('expire a period after the activity, if they can be spent', async () => {
    await org.execute([purchase('WX-1', 10, { ActivityDate: '2026-01-31T10:00:00Z' })]);
    expect(await ledgers('WX-1')).to.deep.equal([
      { currency: 'Miles', event: 'Credit', points: 10, expires: null },
      { currency: 'Stars', event: 'Credit', points: 10, expires: '2026-02-28' },
    ]);
  });

  it('expire at the end of the month, if the currency says so', async () => {
    setCurrency(org, { ExtendExpiration: 'TillEndOfMonth' });
    await org.execute([purchase('WX-2', 10, { ActivityDate: '2026-03-02T10:00:00Z' })]);
    expect((await ledgers('WX-2'))[1]).to.include({ expires: '2026-04-30' });
    setCurrency(org, { ExtendExpiration: 'None' });
  });

  it('are traced to the debits that they pay, where org and currency trace them', async () => {
    await org.execute([purchase('WX-3', 10, { ActivityDate: '2026-05-01T10:00:00Z' })]);
    await org.execute([purchase('WX-3', 10, { ActivityDate: '2026-04-01T10:00:00Z' })]);
    await org.execute([purchase('WX-3', 13, { JournalTypeName: 'Redemption' })]);
    const traces = await org.rows(
      `SELECT ActionType, Points, CreditLoyaltyLedger.ExpiryDate, DebitLoyaltyLedger.Points FROM LoyaltyLedgerTraceability
       WHERE LoyaltyProgramMember.MembershipNumber = 'WX-3' ORDER BY Name`,
    );
    expect(traces.map((row) => [row['ActionType'], row['Points'], expiry(row['CreditLoyaltyLedger'])])).to.deep.equal([
      ['Debit', 10, '2026-05-01'],
      ['Debit', 3, '2026-06-01'],
    ]);
  });

  it('stay in escrow for the days of the program or until the day of the journal', async () => {
    setCurrency(org, { HasEscrow: true });
    org.emulator.store.update('LoyaltyProgram', org.program.id, { EscrowPeriod: 14 });
    const ActivityDate = new Date().toISOString();
    const { body } = await org.execute([
      purchase('WX-4', 10, { ActivityDate }),
      purchase('WX-4', 5, { ActivityDate, EscrowPointsCreditDate: '2999-01-01' }),
      purchase('WX-4', 3, { ActivityDate: '2020-01-01T00:00:00Z' }),
    ]);
    const [, , second] = body.processResult.transactionJournalResult;
    expect(second.changeInMemberPoints[0].changeInMemberCurrencies[1]).to.include({ changeInPointsBalance: 3 });
    expect(body.processResult.memberPointsBalance[0].memberCurrencies[1]).to.include({
      currencyName: 'Stars',
      pointsBalance: 3,
      escrowPointsBalance: 15,
    });
    expect(
      body.processResult.transactionJournalResult[0].changeInMemberPoints[0].changeInMemberCurrencies[1],
    ).to.include({ changeInPointsBalance: 0, changeInEscrowPointsBalance: 10 });
    expect(await org.balances('WX-4')).to.deep.equal({ Miles: 18, Stars: 3 });
    const refused = await org.execute([purchase('WX-4', 4, { JournalTypeName: 'Redemption' })]);
    expect(refused.body.message).to.include('would become -1.00');
  });

  async function ledgers(member: string) {
    const rows = await org.rows(
      `SELECT LoyaltyProgramCurrency.Name, EventType, Points, ExpiryDate FROM LoyaltyLedger
       WHERE LoyaltyProgramMember.MembershipNumber = '${member}' ORDER BY Id`,
    );
    return rows.map(({ LoyaltyProgramCurrency, EventType, Points, ExpiryDate }) => ({
      currency: (LoyaltyProgramCurrency as { Name: string }).Name,
      event: EventType,
      points: Points,
      expires: ExpiryDate,
    }));
  }
});

describe('a tier', () => {
  it('limits how far below zero its members may go, the highest limit for those of several', async () => {
    await using org = await ExampleOrg.start({ settings: { allowNegativeBalance: true } });
    await org.withMembers('WX-1');
    const { store } = org.emulator;
    const [bronze, silver] = store.find('LoyaltyTier', { LoyaltyTierGroupId: org.program.tierGroup });
    const ofStars = { LoyaltyProgramCurrencyId: org.program.stars };
    store.insert('LoyaltyProgramCurrencyTier', {
      ...ofStars,
      LoyaltyTierId: bronze?.Id,
      NegativePointsBalanceLimit: 20,
    });
    store.insert('LoyaltyProgramCurrencyTier', {
      ...ofStars,
      LoyaltyTierId: silver?.Id,
      NegativePointsBalanceLimit: 90,
    });
    expect((await org.execute([purchase('WX-1', -20)])).body.status).to.equal(true);
    const { body } = await org.execute([purchase('WX-1', -1)]);
    expect(body.message).to.include('-21.00').and.to.include('down to -20');
    store.insert('LoyaltyProgramCurrencyTier', { ...ofStars, NegativePointsBalanceLimit: 21 });
    expect((await org.execute([purchase('WX-1', -1)])).body.status).to.equal(true);
  });
});

function setCurrency(org: ExampleOrg, values: Readonly<Record<string, string | number | boolean>>): void {
  org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, values);
}

function expiry(ledger: unknown): unknown {
  return (ledger as { ExpiryDate: unknown }).ExpiryDate;
}
