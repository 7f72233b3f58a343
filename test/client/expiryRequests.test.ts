import { expect } from 'chai';
import nock from 'nock';
import { readExpiringPoints } from '../../src/client/index.js';
import { standardActions } from '../../src/contract/actions/index.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const root = '/services/data/v66.0';

/** The exact requests about points that age. */
describe('requests about points that age', () => {
  const client = clientOnTheWire();

  it('reinstatePoints', async () => {
    const input = {
      loyaltyProgramName: 'Harbour Rewards',
      loyaltyProgramCurrencyName: 'Stars',
      loyaltyProgramMembershipNumber: 'WX-20417',
    };
    const outputValues = { pointsReinstated: 120.5, reinstatementTransactionJournalId: '0lVAb0000000001AAA' };
    const path = '/actions/standard/reinstatePoints';
    nock(origin)
      .post(`${root}${path}`, { inputs: [input] })
      .reply(200, [{ actionName: 'reinstatePoints', errors: null, isSuccess: true, outputValues }], contentType);
    expect(await client.actions.run(standardActions.reinstatePoints, input)).to.deep.equal(outputValues);
  });

  it('profile, currencies and ledger of a member, for the days on which points expire', async () => {
    const asked = (path: string, query: object, answer: nock.Body) =>
      nock(origin)
        .get(`${root}${path}`)
        .query({ ...query })
        .reply(200, answer, contentType);
    const found = (soql: string, ...records: object[]) =>
      asked('/query', { q: soql }, { totalSize: records.length, done: true, records });
    const { Id, ...member } = { Id: '0lMAb0000004T7uAAE', MembershipNumber: 'WX-20417' };
    found(
      'SELECT Id, MembershipNumber, MemberStatus, MemberType, EnrollmentDate, ContactId FROM LoyaltyProgramMember ' +
        "WHERE Program.Name = 'Harbour Rewards' AND MembershipNumber = 'WX-20417'",
      { Id, ...member, MemberStatus: 'Active', MemberType: null, EnrollmentDate: null, ContactId: null },
    );
    const stars = { loyaltyProgramCurrencyId: '0lcAb0000000001', memberCurrencyId: '0lz', pointsBalance: 12 };
    asked(
      '/loyalty-programs/Harbour%20Rewards/members',
      { memberId: Id },
      {
        loyaltyProgramMemberId: Id,
        membershipNumber: 'WX-20417',
        memberCurrencies: [{ ...stars, lastEscrowProcessedDate: '2026-03-01', lastExpirationProcessRunDate: null }],
      },
    );
    found(
      'SELECT Id, Name, CurrencyType, ExpiryModel, ExpiryPeriodFrequency, ExpiryPeriodUnit, ExtendExpiration ' +
        'FROM LoyaltyProgramCurrency WHERE Id IN (SELECT LoyaltyProgramCurrencyId FROM LoyaltyMemberCurrency ' +
        `WHERE LoyaltyMemberId = '${Id}') ORDER BY Name`,
      {
        ...{ Id: '0lcAb0000000001AAA', Name: 'Stars', CurrencyType: 'NonQualifying', ExpiryModel: 'Fixed' },
        ...{ ExpiryPeriodFrequency: 2, ExpiryPeriodUnit: 'Years', ExtendExpiration: null },
      },
    );
    const credit = {
      ...{ EventType: 'Credit', Points: 10, ExpiryDate: '2028-02-01', EscrowPointsCreditDate: null },
      ...{ ActivityDate: '2026-02-01T10:00:00.000+0000', LoyaltyProgramCurrencyId: '0lcAb0000000001AAA' },
    };
    found(
      'SELECT EventType, Points, ExpiryDate, EscrowPointsCreditDate, ActivityDate, LoyaltyProgramCurrencyId ' +
        `FROM LoyaltyLedger WHERE LoyaltyProgramMemberId = '${Id}' ORDER BY CreatedDate, Id`,
      credit,
      { ...credit, Points: 7, EscrowPointsCreditDate: '2026-03-02' },
      { ...credit, Points: 2, EscrowPointsCreditDate: '2026-02-20', ExpiryDate: '2028-03-01' },
      { ...credit, Points: 3, EscrowPointsCreditDate: '2026-03-02', EventType: 'Debit' },
    );
    const { lots, escrow, doubts } = (await readExpiringPoints(client, 'Harbour Rewards', 'WX-20417'))[0] ?? {};
    expect(lots).to.deep.equal([
      { expiryDate: '2028-02-01', activityDate: '2026-02-01T10:00:00.000+0000', points: 10 },
      { expiryDate: '2028-03-01', activityDate: '2026-02-01T10:00:00.000+0000', points: 2 },
    ]);
    expect(escrow).to.deep.equal([{ escrowUntil: '2026-03-02', points: 4 }]);
    expect(doubts).to.deep.equal([]);
  });
});
