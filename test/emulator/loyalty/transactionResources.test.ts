import { expect } from 'chai';
import { transactionEndpoints } from '../../../src/contract/endpoints/transactionEndpoints.js';
import { trailEndpoints } from '../../../src/contract/endpoints/trailEndpoints.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

let time = Date.parse('2026-03-10T12:00:00Z');
const clock = { now: () => time, sleep: () => Promise.resolve() };

type Row = Record<string, unknown>;

/** WX-1 has bought three times, the last time with a subtype and without an effect, and given something back. */
async function shop(settings = {}): Promise<ExampleOrg> {
  const org = await ExampleOrg.start({ clock, settings: { allowNegativeBalance: true, ...settings } });
  await org.withMembers('WX-1', 'WX-2');
  const { store } = org.emulator;
  store.insert('JournalSubType', { Name: 'Purchase', JournalTypeId: org.program.accrual });
  const ProductId = store.insert('Product2', { Name: 'Flat white' });
  const sales: [string, Row][] = [
    ['45', { ActivityDate: '2026-03-01T10:00:00Z', ExternalTransactionNumber: 'till:1', ProductId }],
    ['-5.5', { ActivityDate: '2026-03-02T23:30:00Z' }],
    ['3', { ActivityDate: '2026-03-04T10:00:00Z', JournalTypeName: 'Redemption' }],
    ['7', { ActivityDate: '2026-03-03T00:00:00Z', JournalSubTypeName: 'Purchase' }],
  ];
  for (const [amount, more] of sales) {
    time += 1000;
    const { body } = await org.execute([purchase('WX-1', amount, more)]);
    if (body.status !== true) throw new Error(JSON.stringify(body));
  }
  return org;
}

describe('the transaction ledger summary', () => {
  let org: ExampleOrg;

  before(async () => {
    org = await shop();
  });

  after(() => org[Symbol.asyncDispose]());

  const summary = (query = '', number = 'WX-1') =>
    org.api.get(`/loyalty/programs/Harbour%20Rewards/members/${number}/transaction-ledger-summary${query}`);
  const amounts = async (query: string): Promise<unknown[]> =>
    (await summary(query)).body.transactionJournals.map((each: Row) => each['transactionAmount']);

  it('has the journals, the newest first, each with the points that it moved', async () => {
    const { status, body } = await summary();
    expect(status).to.equal(200);
    transactionEndpoints.ledgerSummary.response.parse(body);
    expect(body).to.include({ status: true, message: null, transactionJournalCount: 4 });
    expect(body.transactionJournals.map((each: Row) => each['transactionAmount'])).to.deep.equal([
      ...['7.0', '3.0', '-5.5', '45.0'],
    ]);
    const [, none, returned, bought] = body.transactionJournals;
    expect(bought).to.deep.equal({
      activityDate: '2026-03-01T10:00:00.000Z',
      additionalTransactionJournalAttributes: [],
      externalTransactionNumber: 'till:1',
      journalTypeName: 'Accrual',
      pointsChange: [
        { changeInPoints: 45, loyaltyMemberCurrency: 'Miles' },
        { changeInPoints: 45, loyaltyMemberCurrency: 'Stars' },
      ],
      productName: 'Flat white',
      transactionAmount: '45.0',
      transactionJournalId: bought.transactionJournalId,
      transactionJournalNumber: '00000001',
    });
    expect(bought.transactionJournalId).to.match(/^0lV/);
    expect(returned.pointsChange[0]).to.deep.equal({ changeInPoints: -5.5, loyaltyMemberCurrency: 'Miles' });
    expect(none, 'a type without a process').to.deep.include({ journalTypeName: 'Redemption', pointsChange: [] });
  });

  it('adds up to the balances', async () => {
    const { body } = await summary();
    const changes = body.transactionJournals.flatMap((each: { pointsChange: Row[] }) => each.pointsChange);
    const sum = changes
      .filter((each: Row) => each['loyaltyMemberCurrency'] === 'Stars')
      .reduce((total: number, each: Row) => total + Number(each['changeInPoints']), 0);
    expect(sum).to.equal((await org.balances('WX-1'))['Stars']);
  });

  it('filters by type, subtype and period, whose last day is a whole one', async () => {
    expect(await amounts('?journalTypeName=accrual')).to.deep.equal(['7.0', '-5.5', '45.0']);
    expect(await amounts('?journalSubTypeName=Purchase')).to.deep.equal(['7.0']);
    expect(await amounts('?periodStartDate=2026-03-02&periodEndDate=2026-03-02')).to.deep.equal(['-5.5']);
    expect(await amounts('?periodEndDate=2026-03-03T00:00:00%2B0000')).to.deep.equal(['7.0', '-5.5', '45.0']);
    expect(await amounts('?journalTypeName=None')).to.deep.equal([]);
    // The iOS SDK counts so.
    expect(await amounts('?pageNumber=Optional(1)')).to.have.length(4);
    expect(await amounts('?pageNumber=2')).to.deep.equal([]);
  });

  it('adds the fields that are asked for', async () => {
    const { body } = await summary('?additionalTransactionJournalAttributes=status,Brand&journalSubTypeName=Purchase');
    expect(body.transactionJournals[0].additionalTransactionJournalAttributes).to.deep.equal([
      { fieldName: 'Status', value: 'Processed' },
      { fieldName: 'Brand', value: 'null' },
    ]);
    const wrong = await summary('?additionalTransactionJournalAttributes=Nope__c');
    expect([wrong.status, wrong.body[0].errorCode]).to.deep.equal([400, 'INVALID_FIELD']);
  });

  it('is a status of false for an unknown member, and refuses what is not a date or a page', async () => {
    const { status, body } = await summary('', 'WX-9');
    expect(status).to.equal(200);
    expect(body).to.deep.include({ status: false, transactionJournals: [] });
    expect(body.message).to.include('WX-9');
    for (const query of ['?periodStartDate=soon', '?pageNumber=0', '?pageNumber=x']) {
      const wrong = await summary(query);
      expect([wrong.status, wrong.body[0].errorCode], query).to.deep.equal([400, 'INVALID_API_INPUT']);
    }
  });

  it('takes the days of a period in the time zone of the org', async () => {
    await using auckland = await shop({ timeZone: 'Pacific/Auckland' });
    const path = '/loyalty/programs/Harbour%20Rewards/members/WX-1/transaction-ledger-summary';
    const { body } = await auckland.api.get(`${path}?periodStartDate=2026-03-03&periodEndDate=2026-03-03`);
    expect(body.transactionJournals.map((each: Row) => each['transactionAmount'])).to.deep.equal(['7.0', '-5.5']);
  });
});

describe('the transaction history', () => {
  let org: ExampleOrg;

  before(async () => {
    org = await shop();
  });

  after(() => org[Symbol.asyncDispose]());

  const history = (body: Row, page = '') =>
    org.api.post(`/connect/loyalty/programs/Harbour%20Rewards/transaction-history${page}`, body);
  const asked = { membershipNumber: 'WX-1', journalType: 'Accrual', periodStartDate: '2026-01-01T00:00:00.000Z' };

  it('has the fields of the journals by API name, without nulls', async () => {
    const { status, body } = await history(asked);
    expect(status).to.equal(200);
    transactionEndpoints.history.response.parse(body);
    expect(body).to.include({ status: true, message: null, totalCount: 3 });
    expect(body.transactionJournals).to.have.length(3);
    const [newest] = body.transactionJournals;
    expect(newest).to.include({
      ActivityDate: '2026-03-03T00:00:00.000Z',
      JournalTypeId: org.program.accrual,
      LoyaltyProgramId: org.program.id,
      MemberId: await org.memberId('WX-1'),
      TransactionAmount: 7,
      Quantity: 0,
      VoucherCode: '',
      PartnerId: '',
    });
    expect(newest).to.not.have.any.keys('Id', 'Name', 'Status', 'CreatedDate');
    expect(Object.values(newest)).to.not.include(null);
  });

  it('filters by type, subtype and period, and counts those of all pages', async () => {
    expect((await history({ ...asked, journalType: 'redemption' })).body.totalCount).to.equal(1);
    expect((await history({ ...asked, journalSubType: 'Purchase' })).body.totalCount).to.equal(1);
    expect((await history({ ...asked, periodStartDate: '2026-03-02T12:00:00Z' })).body.totalCount).to.equal(2);
    const second = (await history(asked, '?page=2')).body;
    expect(second).to.deep.include({ totalCount: 3, transactionJournals: [] });
  });

  it('needs a member, a type and a start', async () => {
    const { body: nobody } = await history({ ...asked, membershipNumber: 'WX-9' });
    expect(nobody).to.deep.include({ status: false, transactionJournals: [], totalCount: 0 });
    const missing = await history({ membershipNumber: 'WX-1' });
    expect([missing.status, missing.body[0].errorCode]).to.deep.equal([400, 'REQUIRED_FIELD_MISSING']);
    expect((await history({ ...asked, journalType: 'Gift' })).status).to.equal(400);
  });
});

describe('the engagement trail', () => {
  let org: ExampleOrg;
  let promotion: string;

  before(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1', 'WX-2');
    const { store } = org.emulator;
    const DefaultVoucherDefinitionId = store.insert('VoucherDefinition', {
      ...{ Name: 'Five off', EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', Type: 'FixedValue' },
    });
    const reward = { TotalRewardPoints: 50, LoyaltyProgramCurrencyId: org.program.stars, DefaultVoucherDefinitionId };
    promotion = org.addPromotion('Pier walk', reward);
    const ofProgram = { LoyaltyProgramId: org.program.id, StartDate: '2026-01-01' };
    const visits = { Name: 'Visits', DefaultValue: '0', TargetValue: '3', Status: 'Active', ...ofProgram };
    const attributes = [
      { ...visits, MaximumResetCountPerPeriod: 4 },
      { ...visits, Name: 'Not yet', Status: 'Draft' },
    ];
    for (const values of attributes) {
      const LoyaltyProgramEngmtAttrId = store.insert('LoyaltyPgmEngmtAttribute', values);
      store.insert('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId, PromotionId: promotion });
    }
    const value = {
      LoyaltyPgmEngmtAttributeId: store.first('LoyaltyPgmEngmtAttribute', { Name: 'Visits' })?.Id,
      LoyaltyProgramMemberId: await org.memberId('WX-1'),
    };
    const february = { StartDate: '2026-02-01', EndDate: '2026-02-28', CurrentValue: '3' };
    store.insert('LoyaltyPgmMbrAttributeVal', { ...value, ...february });
    const march = { StartDate: '2026-03-01', EndDate: '2026-03-31', CurrentValue: '2', ResetCount: 1 };
    store.insert('LoyaltyPgmMbrAttributeVal', { ...value, ...march });
  });

  after(() => org[Symbol.asyncDispose]());

  const trail = (query: string, number = 'WX-1') =>
    org.api.get(`/loyalty/programs/Harbour%20Rewards/members/${number}/engagement-trail${query}`);

  it('has the active steps with the values of this period, and the rewards of the promotion', async () => {
    const { status, body } = await trail(`?promotionId=${promotion.slice(0, 15)}`);
    expect(status).to.equal(200);
    trailEndpoints.ofMember.response.parse(body);
    const { stars } = org.program;
    const [voucher] = body.rewards[0].voucherRewards;
    expect(body).to.deep.equal({
      memberEngagementAttributeOutputRepresentations: [
        {
          ...{ attributeStatus: 'Active', currentValue: '2', defaultValue: '0', description: null },
          ...{ endDate: null, name: 'Visits', startDate: '2026-01-01', targetValue: '3' },
        },
      ],
      message: null,
      promotionName: 'Pier walk',
      remainingResetCount: 3,
      rewards: [
        {
          badgeReward: [],
          pointsRewards: [{ currencyId: stars, currencyName: 'Stars', points: 50 }],
          voucherRewards: [{ voucherDefinitionId: voucher.voucherDefinitionId, voucherName: 'Five off' }],
        },
      ],
      status: true,
      totalResetCount: 4,
    });
  });

  it('has no values for a member without any, and takes the parameter as the guide prints it', async () => {
    const { body } = await trail(`?$promotionId=${promotion}`, 'WX-2');
    const [step] = body.memberEngagementAttributeOutputRepresentations;
    expect(step).to.include({ currentValue: null, targetValue: '3' });
  });

  it('is 404 for what has no trail', async () => {
    for (const [query, number] of [
      [`?promotionId=${org.program.tenCups}`, 'WX-1'],
      ['?promotionId=0c89z0000000099AAA', 'WX-1'],
      ['?promotionId=x', 'WX-1'],
      [`?promotionId=${promotion}`, 'WX-9'],
    ] as const) {
      const { status, body } = await trail(query, number);
      expect([status, body[0].errorCode], query).to.deep.equal([404, 'NOT_FOUND']);
    }
    expect((await trail('')).body[0].errorCode).to.equal('INVALID_API_INPUT');
  });
});
