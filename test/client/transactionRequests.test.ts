import { expect } from 'chai';
import nock from 'nock';
import { readMemberHistory, readMemberTrails } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import { clientOf } from './fakeOrg.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide and Salesforce's SDKs. */
describe('requests about what a member has done', () => {
  const client = clientOnTheWire();
  const root = '/services/data/v66.0';

  const answering = (path: string, answer: nock.Body) =>
    nock(origin, { badheaders: ['content-type'] })
      .get(`${root}${path}`)
      .reply(200, answer, contentType);

  const row = {
    activityDate: '2026-03-01T10:00:00.000Z',
    journalTypeName: 'Accrual',
    pointsChange: [],
    transactionJournalId: '0lVAb0000000001AAA',
    transactionJournalNumber: '00000042',
  };

  it('the ledger summary, with a filter: as in the fixture of an SDK', async () => {
    answering(
      '/loyalty/programs/Harbour%20Rewards/members/WX%2020417/transaction-ledger-summary?pageNumber=2' +
        '&journalTypeName=Accrual&journalSubTypeName=Member%20Enrollment&periodStartDate=2026-01-01' +
        '&periodEndDate=2026-03-31T23%3A59%3A59Z&additionalTransactionJournalAttributes=Status%2CBrand',
      {
        message: null,
        status: true,
        transactionJournalCount: 1,
        transactionJournals: [
          {
            ...row,
            additionalTransactionJournalAttributes: [
              { fieldName: 'Status', value: 'Processed' },
              { fieldName: 'Brand', value: 'null' },
            ],
            externalTransactionNumber: 'till:9',
            journalSubTypeName: 'Member Enrollment',
            pointsChange: [{ changeInPoints: 120.5, loyaltyMemberCurrency: 'Stars' }],
            productName: 'Flat white',
            productCategoryName: 'Coffee',
            transactionAmount: '120.50',
          },
        ],
      },
    );
    const filter = {
      pageNumber: 2,
      journalTypeName: 'Accrual',
      journalSubTypeName: 'Member Enrollment',
      periodStartDate: '2026-01-01',
      periodEndDate: '2026-03-31T23:59:59Z',
      additionalTransactionJournalAttributes: ['Status', 'Brand'],
    };
    expect(await client.transactions.ledgerSummary('Harbour Rewards', 'WX 20417', filter)).to.deep.equal([
      {
        id: '0lVAb0000000001AAA',
        number: '00000042',
        activityDate: '2026-03-01T10:00:00.000Z',
        type: 'Accrual',
        subtype: 'Member Enrollment',
        externalTransactionNumber: 'till:9',
        amount: 120.5,
        product: 'Flat white',
        productCategory: 'Coffee',
        points: [{ currency: 'Stars', points: 120.5 }],
        fields: { Status: 'Processed', Brand: null },
      },
    ]);
  });

  const plain = '/loyalty/programs/P/members/M-1/transaction-ledger-summary';

  it("the ledger summary as in the guide's sample: numbers as text, the number of the journal outside", async () => {
    const journal = {
      ...row,
      additionalAttributes: [{ fieldName: 'Brand', value: 'Pier' }],
      pointsChange: [{ changeInPoints: '-100.0', loyaltyMemberCurrency: 'Stars' }],
    };
    const answer = { status: true, externalTransactionNumber: 'till:9', transactionJournals: [journal] };
    answering(plain, answer);
    const [read] = await client.transactions.ledgerSummary('P', 'M-1');
    expect(read).to.deep.include({ points: [{ currency: 'Stars', points: -100 }], fields: { Brand: 'Pier' } });
    expect(read).to.include({ externalTransactionNumber: 'till:9', amount: null, subtype: null });
    answering(plain, { ...answer, transactionJournals: [journal, journal] });
    const two = await client.transactions.ledgerSummary('P', 'M-1');
    expect(two.map((each) => each.externalTransactionNumber)).to.deep.equal([null, null]);
  });

  it('a failure with HTTP 200 is an error, and points that are not a number are no answer', async () => {
    answering(plain, { message: 'No such member', status: false, transactionJournals: null });
    expect(await failureOf(client.transactions.ledgerSummary('P', 'M-1'))).to.include({
      name: 'LoyaltyProcessError',
      message: 'No such member',
    });
    const journal = { ...row, pointsChange: [{ changeInPoints: 'many' }] };
    answering(plain, { status: true, transactionJournals: [journal] });
    const error = await failureOf(client.transactions.ledgerSummary('P', 'M-1'));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable', isRead: true });
  });

  const historyPath = '/connect/loyalty/programs/Harbour%20Rewards/transaction-history';
  const history = (page: string, body: Record<string, string>, answer: nock.Body) =>
    nock(origin).post(`${root}${historyPath}${page}`, body).reply(200, answer, contentType);
  const request = {
    membershipNumber: 'WX-20417',
    journalType: 'Accrual',
    journalSubType: 'Purchase',
    periodStartDate: '2026-01-01T00:00:00.000Z',
    periodEndDate: '2026-03-31T00:00:00.000Z',
  } as const;

  it('the transaction history: a page, with fields as the org names them', async () => {
    const journal = { ActivityDate: '2026-03-01T10:00:00.000Z', VoucherCode: '', Quantity: 0, Shoe__c: null };
    history('?page=2', request, { message: null, status: true, totalCount: 201, transactionJournals: [journal] });
    expect(await client.transactions.history('Harbour Rewards', request, 2)).to.deep.equal({
      totalCount: 201,
      journals: [journal],
    });
    history('', request, { message: 'Not now', status: false });
    const error = await failureOf(client.transactions.history('Harbour Rewards', request));
    expect(error).to.include({ name: 'LoyaltyProcessError', message: 'Not now' });
    history('', request, {});
    const strange = await failureOf(client.transactions.history('Harbour Rewards', request));
    expect(strange, 'a POST that only reads').to.include({ kind: 'unreadable', isRead: true });
  });

  it('the transaction history of both types, with the names of the subtypes', async () => {
    const from = '1970-01-01T00:00:00.000Z';
    const body = (journalType: string) => ({ membershipNumber: 'WX-20417', journalType, periodStartDate: from });
    const [purchase, other] = ['0lGAb0000000001AAA', '0lGAb0000000002AAA'];
    const rows = [{ JournalSubTypeId: purchase }, { JournalSubTypeId: other }, { JournalSubTypeId: '' }];
    history('?page=1', body('Accrual'), { status: true, totalCount: 3, transactionJournals: rows });
    history('?page=1', body('Redemption'), { status: true, totalCount: 1, transactionJournals: [{}] });
    const soql = `SELECT Id, Name FROM JournalSubType WHERE Id IN ('${purchase}','${other}')`;
    const names = { totalSize: 1, done: true, records: [{ Id: purchase, Name: 'Purchase' }] };
    nock(origin).get(`${root}/query`).query({ q: soql }).reply(200, names, contentType);
    expect(await readMemberHistory(client, 'Harbour Rewards', 'WX-20417')).to.deep.equal([
      { type: 'Accrual', fields: rows[0], subtype: 'Purchase' },
      { type: 'Accrual', fields: rows[1], subtype: null },
      { type: 'Accrual', fields: rows[2], subtype: null },
      { type: 'Redemption', fields: {}, subtype: null },
    ]);
  });

  it('the engagement trail: texts and numbers, and badges under any of three keys', async () => {
    const attribute = {
      attributeStatus: 'Active',
      currentValue: null,
      defaultValue: '0',
      description: 'Visits',
      endDate: null,
      name: 'Visit three piers',
      startDate: '2026-01-01',
      targetValue: '2.0',
    };
    const badges = [{ badgeId: '0w8', badgeName: 'Sailor' }];
    const rewards = { pointsRewards: [{ currencyName: 'Stars', points: 50 }], voucherRewards: [] };
    const answer = {
      memberEngagementAttributeOutputRepresentations: [attribute, { ...attribute, currentValue: 1, targetValue: 3 }],
      message: null,
      promotionName: 'Pier walk',
      remainingResetCount: null,
      totalResetCount: null,
      status: true,
    };
    const path = '/loyalty/programs/Harbour%20Rewards/members/WX-20417/engagement-trail?promotionId=0c8Ab0000000001AAA';
    for (const key of ['badgeReward', 'badgeRewards', 'BadgeRewards']) {
      answering(path, { ...answer, rewards: [{ ...rewards, [key]: badges }] });
      const trail = await client.promotions.trail('Harbour Rewards', 'WX-20417', '0c8Ab0000000001AAA');
      expect(trail).to.deep.include({
        promotionName: 'Pier walk',
        totalResetCount: null,
        rewards: {
          points: [{ currency: 'Stars', points: 50 }],
          vouchers: [],
          badges: [{ badgeId: '0w8', badge: 'Sailor' }],
        },
      });
      const values = trail.steps.map(({ currentValue, targetValue }) => [currentValue, targetValue]);
      expect(values, key).to.deep.equal([
        [null, '2.0'],
        ['1', '3'],
      ]);
    }
  });

  it('the engagement trails of all promotions that have one', async () => {
    const soql =
      "SELECT Promotion.Id, Promotion.Name FROM LoyaltyPgmEngmtAttrProm WHERE Promotion.LoyaltyProgram.Name = 'P' " +
      "AND LoyaltyProgramEngmtAttr.Status = 'Active' ORDER BY Promotion.Name";
    const of = (Id: string, Name: string) => ({ Promotion: { Id, Name } });
    const [first, second] = ['0c8Ab0000000001AAA', '0c8Ab0000000002AAA'] as const;
    const records = [of(first, 'Pier walk'), of(first, 'Pier walk'), of(second, 'Regatta')];
    const path = (promotion: string) => `/loyalty/programs/P/members/M-1/engagement-trail?promotionId=${promotion}`;
    const notFound = [{ errorCode: 'NOT_FOUND', message: 'No trail' }];
    const refused = (status: number, body: nock.Body) =>
      nock(origin)
        .get(`${root}${path(second)}`)
        .reply(status, body, contentType);
    const asked = () => {
      nock(origin)
        .get(`${root}/query`)
        .query({ q: soql })
        .reply(200, { totalSize: 3, done: true, records }, contentType);
      answering(path(first), { status: true, promotionName: 'Pier walk' });
      return readMemberTrails(client, 'P', { membershipNumber: 'M-1' });
    };
    refused(404, notFound);
    expect((await asked()).map(({ promotion }) => promotion)).to.deep.equal([{ Id: first, Name: 'Pier walk' }]);
    refused(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No' }]);
    expect(await failureOf(asked())).to.include({ name: 'LoyaltyApiError', status: 403 });
  });
});

describe('all transactions of a member', () => {
  const request = { membershipNumber: 'M-1', journalType: 'Accrual', periodStartDate: '2026-01-01' } as const;
  const many = (count: number, from = 0) => Array.from({ length: count }, (_, at) => ({ Brand: `B${from + at}` }));

  /** An org that answers these pages of the history, and the last of them again and again. */
  async function orgWithPages(pages: readonly object[][], totalCount: number | null): Promise<Loopback> {
    return Loopback.start((response, { url }) => {
      const page = Number(new URL(url, 'http://org').searchParams.get('page'));
      json(response, 200, { status: true, totalCount, transactionJournals: pages[Math.min(page, pages.length) - 1] });
    });
  }

  it('are those of all pages; rows that are alike stay', async () => {
    await using org = await orgWithPages([many(200), [{ Brand: 'B0' }]], null);
    expect(await clientOf(org).transactions.allHistory('P', request)).to.have.lengthOf(201);
  });

  it('end where the org says how many there are', async () => {
    await using org = await orgWithPages([many(200)], 200);
    expect(await clientOf(org).transactions.allHistory('P', request)).to.have.lengthOf(200);
    expect(org.requests).to.have.lengthOf(1);
  });

  it('are an error when an org repeats a page', async () => {
    await using org = await orgWithPages([many(200)], 1000);
    const error = await failureOf(clientOf(org).transactions.allHistory('P', request));
    expect(error).to.include({ name: 'LostAnswerError', isRead: true });
    expect((error as Error).message).to.include('The journals do not end');
  });

  it('a journal that moves to a later page of the ledger summary meanwhile counts once', async () => {
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({ transactionJournalId: `0lV${from + at}` }));
    await using org = await Loopback.start((response, { url }) => {
      const isFirst = new URL(url, 'http://org').searchParams.get('pageNumber') === '1';
      json(response, 200, { status: true, transactionJournals: isFirst ? rows(0, 200) : rows(199, 3) });
    });
    expect(await clientOf(org).transactions.allLedgerSummaries('P', 'M-1')).to.have.lengthOf(202);
  });
});
