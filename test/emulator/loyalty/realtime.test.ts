import { expect } from 'chai';
import { RealtimeResponse } from '../../../src/contract/endpoints/realtimeEndpoints.js';
import { RestClient } from '../restClient.js';
import { ExampleOrg, programName, purchase } from './exampleProgram.js';

describe('real-time journals', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({ settings: { allowNegativeBalance: true } });
    await org.withMembers('WX-1', 'WX-2');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('answers in the shape of the contract, with one result per journal, in order', async () => {
    const { status, body } = await org.execute([purchase('WX-2', '12.50'), purchase('WX-1', 3)]);
    expect(status).to.equal(200);
    const answer = RealtimeResponse.parse(body);
    expect(answer).to.include({ status: true, message: null, programName, simulationResults: null });
    const { transactionJournalResult: results, memberPointsBalance: balances } = answer.processResult ?? {};
    expect(results?.map(({ changeInMemberPoints }) => changeInMemberPoints?.[0])).to.deep.equal([
      { memberShipNumber: 'WX-2', changeInMemberCurrencies: changes(12.5) },
      { memberShipNumber: 'WX-1', changeInMemberCurrencies: changes(3) },
    ]);
    expect(results?.[0]?.id).to.match(/^0lV\w{15}$/);
    expect(results?.[0]).to.deep.include({
      badgesAssigned: [],
      gamesAssigned: [],
      voucherResult: { vouchersIssued: [] },
    });
    expect(balances?.[0]).to.deep.equal({ memberShipNumber: 'WX-2', memberCurrencies: balanceRows(12.5) });
  });

  it('returns the balances after all journals of the request', async () => {
    await org.execute([purchase('WX-1', '100.10')]);
    const { body } = await org.execute([purchase('WX-1', '0.1'), purchase('WX-1', '0.2'), purchase('WX-1', '-50')]);
    expect(body.processResult.memberPointsBalance).to.deep.equal([
      { memberShipNumber: 'WX-1', memberCurrencies: balanceRows(50.4) },
    ]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 50.4, Stars: 50.4 });
  });

  it('stores the journal with its fields, Processed', async () => {
    const fields = { ExternalTransactionNumber: 'shop:1:1', Quantity: '2', Channel: 'Web', Brand: 'Quay' };
    await org.execute([purchase('WX-1', '45.0', { ...fields, Status: 'Pending' })]);
    const [row] = await org.rows(
      `SELECT ExternalTransactionNumber, Quantity, Channel, Brand, Status, TransactionAmount, ActivityDate,
         Member.MembershipNumber, JournalType.Name, LoyaltyProgram.Name FROM TransactionJournal`,
    );
    expect(row).to.deep.include({ ...fields, Quantity: 2, Status: 'Processed', TransactionAmount: 45 });
    expect(row?.['ActivityDate']).to.equal('2026-03-01T10:00:00.000+0000');
    expect(row?.['Member']).to.include({ MembershipNumber: 'WX-1' });
    expect(row?.['LoyaltyProgram']).to.include({ Name: programName });
  });

  it('writes a ledger row per currency: positive points, the direction in the event type', async () => {
    await org.execute([purchase('WX-1', 20)]);
    await org.execute([purchase('WX-1', -5)]);
    const rows = await org.rows(
      'SELECT EventType, Points, LoyaltyProgramCurrency.Name, TransactionJournalId FROM LoyaltyLedger ORDER BY Id',
    );
    expect(rows.map((row) => [row['EventType'], row['Points']])).to.deep.equal([
      ['Credit', 20],
      ['Credit', 20],
      ['Debit', 5],
      ['Debit', 5],
    ]);
    const [totals] = await org.rows('SELECT TotalPointsAccrued, TotalPointsRedeemed FROM LoyaltyMemberCurrency');
    expect(totals).to.deep.include({ TotalPointsAccrued: 20, TotalPointsRedeemed: 5 });
  });

  it('executes journals that are Pending, given by id of 15 or 18 characters', async () => {
    const { store } = org.emulator;
    const values = { ActivityDate: '2026-03-01', JournalTypeId: org.program.accrual, TransactionAmount: 7 };
    const ids = await Promise.all(
      ['WX-1', 'WX-2'].map(async (number) => {
        return store.insert('TransactionJournal', { ...values, MemberId: await org.memberId(number) });
      }),
    );
    const { body } = await org.execute([{ Id: ids[1] }, { Id: ids[0]?.slice(0, 15) }]);
    expect(body.status).to.equal(true);
    const results = body.processResult.transactionJournalResult as { id: string }[];
    expect(results.map(({ id }) => id)).to.deep.equal(ids.toReversed());
    expect(await org.count('TransactionJournal', "WHERE Status = 'Processed'")).to.equal(2);
    expect(await org.balances('WX-2')).to.deep.equal({ Miles: 7, Stars: 7 });
    const again = await org.execute([{ Id: ids[0] }]);
    expect(again.body).to.deep.include({ status: false, processResult: null });
    expect(again.body.message).to.match(new RegExp(`${ids[0]}.*Processed`));
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 7, Stars: 7 });
  });

  it('accepts ids and names for members, journal types, subtypes, promotions and products', async () => {
    const { store } = org.emulator;
    const subType = store.insert('JournalSubType', { Name: 'Purchase', JournalTypeId: org.program.accrual });
    const product = store.insert('Product2', { Name: 'Cup', ProductCode: 'CUP-1', IsActive: true });
    store.insert('Product2', { Name: 'Cup', ProductCode: 'CUP-1', IsActive: false });
    const names = { JournalSubTypeName: 'purchase', PromotionName: 'Ten cups', ProductCode: 'CUP-1' };
    const byId = { MembershipNumber: undefined, MemberId: (await org.memberId('WX-1')).slice(0, 15) };
    await org.execute([purchase('wx-1', 1, names)]);
    await org.execute([
      { ...purchase('', 1), ...byId, JournalTypeName: '', JournalTypeId: org.program.accrual, ProductName: 'Cup' },
    ]);
    const sample = { LoyaltyProgramName: programName, JournalTypeName: undefined, JournalType: 'Accrual' };
    await org.execute([purchase('WX-1', 1, { ...sample, JournalSubType: 'Purchase', Name: 'ignored' })]);
    const rows = await org.rows('SELECT JournalSubTypeId, PromotionId, ProductId FROM TransactionJournal ORDER BY Id');
    const found = rows.map((row) => [row['JournalSubTypeId'], row['PromotionId'], row['ProductId']]);
    expect(found).to.deep.equal([
      [subType, org.program.tenCups, product],
      [null, null, product],
      [subType, null, null],
    ]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 3, Stars: 3 });
  });

  describe('matching a process', () => {
    const moved = async (more: Record<string, unknown> = {}): Promise<boolean> => {
      const { body } = await org.execute([purchase('WX-1', 10, more)]);
      expect(body.status, body.message).to.equal(true);
      const [result] = body.processResult.transactionJournalResult;
      return result.changeInMemberPoints.length > 0;
    };

    it('stores a journal without a matching process as Processed, without points', async () => {
      org.emulator.store.insert('JournalType', { Name: 'Stay' });
      expect(await moved({ JournalTypeName: 'Stay' })).to.equal(false);
      expect(await org.count('TransactionJournal', "WHERE Status = 'Processed'")).to.equal(1);
      expect(await org.count('LoyaltyLedger')).to.equal(0);
    });

    it('runs only active real-time processes', async () => {
      const { store } = org.emulator;
      const process = store.first('LoyaltyProgramProcess', { Name: 'Purchases' })?.Id ?? '';
      store.update('LoyaltyProgramProcess', process, { Status: 'Inactive' });
      expect(await moved()).to.equal(false);
      const ofType = { JournalTypeId: org.program.accrual };
      const nightly = org.addProcess('TransactionJournal', { Name: 'Nightly', ...ofType, ExecutionType: 'Batch' });
      expect(await moved()).to.equal(false);
      store.update('LoyaltyProgramProcess', nightly, { Status: 'Inactive' });
      org.addProcess('TransactionJournal', { Name: 'Both', ...ofType, ExecutionType: 'BatchAndRealTime' });
      expect(await moved()).to.equal(true);
    });

    it('compares the subtype if the process has one', async () => {
      const { store } = org.emulator;
      const process = store.first('LoyaltyProgramProcess', { Name: 'Purchases' })?.Id ?? '';
      store.update('LoyaltyProgramProcess', process, { Status: 'Inactive' });
      const ofType = { JournalTypeId: org.program.accrual };
      const JournalSubTypeId = store.insert('JournalSubType', { Name: 'Purchase', ...ofType });
      store.insert('JournalSubType', { Name: 'Stay', ...ofType });
      org.addProcess('TransactionJournal', { Name: 'Sub', ...ofType, JournalSubTypeId });
      expect(await moved()).to.equal(false);
      expect(await moved({ JournalSubTypeName: 'Stay' })).to.equal(false);
      expect(await moved({ JournalSubTypeName: 'Purchase' })).to.equal(true);
    });
  });

  it('exists since version 54', async () => {
    const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(programName)}`;
    const at = (version: string) => new RestClient(org.emulator, undefined, version);
    expect((await at('v53.0').post(path, { transactionJournals: [purchase('WX-1', 1)] })).status).to.equal(404);
    expect((await at('v54.0').post(path, { transactionJournals: [purchase('WX-1', 1)] })).status).to.equal(200);
  });
});

function changes(changeInPointsBalance: number): unknown[] {
  return [
    { currencyName: 'Miles', currencyType: 'Qualifying', changeInPointsBalance },
    { currencyName: 'Stars', currencyType: 'NonQualifying', changeInPointsBalance },
  ];
}

function balanceRows(pointsBalance: number): unknown[] {
  return [
    { currencyName: 'Miles', currencyType: 'Qualifying', pointsBalance, escrowPointsBalance: 0 },
    { currencyName: 'Stars', currencyType: 'NonQualifying', pointsBalance, escrowPointsBalance: 0 },
  ];
}
