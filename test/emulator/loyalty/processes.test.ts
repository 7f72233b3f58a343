import { expect } from 'chai';
import { creditPointsToMembers } from '../../../src/contract/templates/pointsTemplates.js';
import { ProgramProcessResponse } from '../../../src/contract/endpoints/processEndpoints.js';
import { MemberPromotion } from '../../../src/contract/templates/promotionTemplates.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, programName } from './exampleProgram.js';

const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

function results({ status, body }: Answer): Record<string, unknown>[] {
  expect(status).to.equal(200);
  const answer = ProgramProcessResponse.parse(body);
  expect(answer, String(answer.message)).to.deep.include({ status: true, message: null, simulationDetails: {} });
  return body.outputParameters.outputParameters.results;
}

function failure({ status, body }: Answer): string {
  expect(status).to.equal(200);
  expect(ProgramProcessResponse.parse(body)).to.include({ status: false });
  expect(body.outputParameters.outputParameters.results).to.deep.equal([]);
  return body.message;
}

describe('program processes', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('are found by their name in the org, in any case, and do what their type says', async () => {
    org.addProcess('GetMemberPromotions', { Name: 'View Promotions' });
    expect(results(await org.process('view promotions', { MembershipNumber: 'WX-1' }))).to.have.length(1);
    const { status, body } = await org.process('GetMemberPromotions', { MembershipNumber: 'WX-1' });
    expect({ status, errorCode: body[0].errorCode }).to.deep.equal({ status: 404, errorCode: 'NOT_FOUND' });
  });

  it('belong to their program', async () => {
    const LoyaltyProgramId = org.emulator.store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    org.addProcess('GetMemberPromotions', { LoyaltyProgramId });
    expect((await org.process('GetMemberPromotions', { MembershipNumber: 'WX-1' })).status).to.equal(404);
    const path = '/connect/loyalty/programs/Nowhere/program-processes/GetMemberPromotions';
    expect((await org.api.post(path, { processParameters: [{}] })).status).to.equal(404);
  });

  it('fail politely when they are not active, or are run by journals', async () => {
    org.addProcess('GetMemberPromotions', { Status: 'Draft' });
    expect(failure(await org.process('GetMemberPromotions', { MembershipNumber: 'WX-1' }))).to.contain('not active');
    org.addProcess('TransactionJournal');
    expect(failure(await org.process('TransactionJournal', {}))).to.contain('run by journals');
  });

  it('require one map of parameters', async () => {
    org.addProcess('GetMemberPromotions');
    const path = `/connect/loyalty/programs/${encodeURIComponent(programName)}/program-processes/GetMemberPromotions`;
    for (const body of [{}, { processParameters: [] }, { processParameters: [{}, {}] }, { processParameters: 'x' }]) {
      expect((await org.api.post(path, body)).status, JSON.stringify(body)).to.equal(400);
    }
    const old = new RestClient(org.emulator, undefined, 'v55.0');
    expect((await old.post(path, { processParameters: [{ MembershipNumber: 'WX-1' }] })).status).to.equal(404);
  });

  describe('CreditPointsToMembers', () => {
    const credit = (PointsToCredit: unknown, journal: Record<string, unknown> = {}) => {
      const given = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'WX-1' };
      return org.process('CreditPointsToMembers', { TransactionJournal: { ...given, ...journal }, PointsToCredit });
    };

    beforeEach(() => {
      org.addProcess('CreditPointsToMembers');
    });

    it('stores the journal, a ledger row and the balance', async () => {
      const journal = { ExternalTransactionNumber: 'ci:7', Status: 'Pending', TransactionAmount: '12.00' };
      const [result] = results(await credit(100, journal));
      expect(creditPointsToMembers.result.parse(result).PointsCredited).to.equal(100);
      const [row] = await org.rows(
        'SELECT Id, ExternalTransactionNumber, Status, TransactionAmount, JournalType.Name FROM TransactionJournal',
      );
      expect(row).to.deep.include({ ExternalTransactionNumber: 'ci:7', Status: 'Processed', TransactionAmount: 12 });
      const ledger = org.emulator.store.first('LoyaltyLedger', {});
      expect(ledger).to.deep.include({ EventType: 'Credit', Points: 100, TransactionJournalId: row?.['Id'] });
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 100 });
      expect(await org.usage('WX-1')).to.equal(undefined);
    });

    it('accepts points as text with decimals, and the member and the currency as separate parameters', async () => {
      await org.process('CreditPointsToMembers', {
        TransactionJournal: { ActivityDate: '2026-03-01' },
        MembershipNumber: 'WX-1',
        PointsToCredit: '150.255',
        ProgramCurrencyName: 'Miles',
        SomethingOfTheOrg: 'x',
      });
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 150.26, Stars: 0 });
      const tier = org.emulator.store.first('LoyaltyMemberTier', { Status: 'Active' });
      expect(tier).to.deep.include({ Name: 'Silver' });
    });

    const failures: [string, () => Promise<Answer>, RegExp][] = [
      ['an unknown member', () => credit(5, { MembershipNumber: 'nobody' }), /nobody/],
      ['no member', () => credit(5, { MembershipNumber: undefined }), /MemberId/],
      ['no points', () => credit(undefined), /PointsToCredit/],
      ['invalid points', () => credit('many'), /many/],
      ['points below zero', () => credit(-5), /-5/],
      ['no journal', () => org.process('CreditPointsToMembers', { PointsToCredit: 5 }), /TransactionJournal/],
      ['no activity date', () => credit(5, { ActivityDate: undefined }), /ActivityDate/],
      ['a bad row', () => credit(5, { ExternalTransactionNumber: 'x'.repeat(256) }), /STRING_TOO_LONG/],
    ];
    for (const [what, call, message] of failures) {
      it(`answers status false for ${what} and stores nothing`, async () => {
        expect(failure(await call())).to.match(message);
        expect(await org.count('TransactionJournal')).to.equal(0);
        expect(await org.count('LoyaltyLedger')).to.equal(0);
      });
    }
  });

  it('DebitPointsFromMembers debits points up to the balance', async () => {
    org.addProcess('CreditPointsToMembers');
    org.addProcess('DebitPointsFromMembers');
    const TransactionJournal = { ActivityDate: '2026-03-01', MembershipNumber: 'WX-1' };
    await org.process('CreditPointsToMembers', { TransactionJournal, PointsToCredit: 10 });
    const debit = () => org.process('DebitPointsFromMembers', { TransactionJournal, PointsToDebit: '7.5' });
    expect(results(await debit())).to.deep.equal([{ PointsDebited: 7.5 }]);
    expect(failure(await debit())).to.match(/Stars.*-5\.00/);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 2.5 });
    const [, redemption] = await org.rows('SELECT JournalType.Name FROM TransactionJournal ORDER BY Id');
    expect(redemption?.['JournalType']).to.include({ Name: 'Redemption' });
  });

  describe('GetMemberPromotions', () => {
    const list = async (member: Record<string, unknown> = { MembershipNumber: 'WX-1' }) => {
      return results(await org.process('GetMemberPromotions', member)).map((row) => MemberPromotion.parse(row));
    };

    beforeEach(() => {
      org.addProcess('GetMemberPromotions');
    });

    it('returns rows with the keys of the eligibility view, without empty ones', async () => {
      const rich = org.addPromotion('Rich', {
        Description: 'All of it',
        ...{ EndDate: '2026-12-31', EnrollmentStartDate: '2026-01-01', EnrollmentEndDate: '2026-06-30' },
        ...{ IsEnrollmentRequired: true, LoyaltyPromotionType: 'Standard', FulfillmentAction: 'CreditPoints' },
        ...{ LoyaltyProgramCurrencyId: org.program.stars, MaximumRewardValue: 500, TotalRewardPoints: 50 },
        ImageUrl: 'https://example.com/cup.png',
      });
      const [tenCups, second] = await list({ MemberId: await org.memberId('WX-1') });
      expect(tenCups).to.deep.equal({
        promotionId: org.program.tenCups,
        promotionName: 'Ten cups',
        startDate: '2020-01-01',
        memberEligibilityCategory: 'Eligible',
        promotionEnrollmentRqr: false,
        loyaltyPromotionType: 'CUMULATIVE',
      });
      expect(second).to.deep.equal({
        ...{ promotionId: rich, promotionName: 'Rich', description: 'All of it' },
        ...{ startDate: '2020-01-01', endDate: '2026-12-31' },
        ...{ memberEligibilityCategory: 'EligibleButNotEnrolled', promotionEnrollmentRqr: true },
        ...{ promEnrollmentStartDate: '2026-01-01', promotionEnrollmentEndDate: '2026-06-30' },
        ...{ loyaltyPromotionType: 'STANDARD', fulfillmentAction: 'CREDIT_POINTS' },
        ...{ loyaltyProgramCurrency: org.program.stars, maximumPromotionRewardValue: 500 },
        ...{ totalPromotionRewardPointsVal: 50, promotionImageUrl: 'https://example.com/cup.png' },
      });
    });

    it('tells who is eligible for a promotion, by its dates, its enrollment and the member', async () => {
      const required = { IsEnrollmentRequired: true };
      org.addPromotion('ended', { EndDate: '2026-03-09' });
      org.addPromotion('last day', { EndDate: '2026-03-10' });
      org.addPromotion('future', { StartDate: '2026-03-11' });
      org.addPromotion('open', { ...required, EnrollmentEndDate: '2026-03-10' });
      org.addPromotion('closed', { ...required, EnrollmentEndDate: '2026-03-09' });
      org.addPromotion('not yet', { ...required, EnrollmentStartDate: '2026-03-11' });
      const joined = org.addPromotion('joined', { ...required, EnrollmentEndDate: '2026-03-09' });
      org.addPromotion('off', { IsActive: false });
      const { store } = org.emulator;
      const LoyaltyProgramMemberId = await org.memberId('WX-1');
      const row = { PromotionId: joined, LoyaltyProgramMemberId, IsEnrollmentActive: true };
      store.insert('LoyaltyProgramMbrPromotion', row);
      const categories = async () => {
        return (await list()).map((each) => `${each.promotionName}: ${each.memberEligibilityCategory}`);
      };
      expect(await categories()).to.deep.equal([
        'Ten cups: Eligible',
        'ended: Ineligible',
        'last day: Eligible',
        'future: Ineligible',
        'open: EligibleButNotEnrolled',
        'closed: Ineligible',
        'not yet: Ineligible',
        'joined: Eligible',
      ]);
      store.update('LoyaltyProgramMember', LoyaltyProgramMemberId, { MemberStatus: 'Inactive' });
      expect((await categories()).every((each) => each.endsWith('Ineligible'))).to.equal(true);
    });

    it('answers status false for an unknown or missing member', async () => {
      expect(failure(await org.process('GetMemberPromotions', { MembershipNumber: 'nobody' }))).to.contain('nobody');
      expect(failure(await org.process('GetMemberPromotions', {}))).to.contain('MembershipNumber');
    });
  });

  it('EnrollInPromotion and OptOutPromotion keep one row', async () => {
    org.addProcess('EnrollInPromotion');
    org.addProcess('OptOutPromotion', { Name: 'Leave Promotion' });
    const PromotionId = org.addPromotion('Club cups', { IsEnrollmentRequired: true });
    const MemberId = await org.memberId('WX-1');
    const byName = { MembershipNumber: 'WX-1', PromotionName: 'Club cups' };
    const [enrolled] = results(await org.process('EnrollInPromotion', { MemberId, PromotionId }));
    const id = String(enrolled?.['LoyaltyProgramMbrPromotionId']);
    expect(enrolled).to.deep.equal({ MemberId, LoyaltyProgramMbrPromotionId: id });
    expect(results(await org.process('EnrollInPromotion', byName))).to.deep.equal([enrolled]);
    const left = results(await org.process('Leave Promotion', { MemberId, PromotionId: id }));
    expect(left).to.deep.equal([{ LoyaltyProgramMbrPromotionId: id }]);
    expect(failure(await org.process('Leave Promotion', byName))).to.contain('not enrolled');
    const rows = await org.rows('SELECT Id, IsEnrollmentActive FROM LoyaltyProgramMbrPromotion');
    expect(rows.map((row) => [row['Id'], row['IsEnrollmentActive']])).to.deep.equal([[id, false]]);
    results(await org.process('EnrollInPromotion', byName));
    expect(await org.count('LoyaltyProgramMbrPromotion', 'WHERE IsEnrollmentActive = true')).to.equal(1);
  });

  it('EnrollInPromotion sets IsEnrollmentActive as given, and to true by default', async () => {
    org.addProcess('EnrollInPromotion');
    org.addPromotion('Club cups', { IsEnrollmentRequired: true });
    const send = async (more: Record<string, unknown>): Promise<unknown> => {
      const values = { MembershipNumber: 'WX-1', PromotionName: 'Club cups', ...more };
      results(await org.process('EnrollInPromotion', values));
      const [row] = await org.rows('SELECT IsEnrollmentActive FROM LoyaltyProgramMbrPromotion');
      return row?.['IsEnrollmentActive'];
    };
    expect(await send({ IsEnrollmentActive: false })).to.equal(false);
    expect(await send({ IsEnrollmentActive: 'true' })).to.equal(true);
    expect(await send({ IsEnrollmentActive: 'False' })).to.equal(false);
    expect(await send({})).to.equal(true);
    const values = { MembershipNumber: 'WX-1', PromotionName: 'Club cups', IsEnrollmentActive: 'perhaps' };
    expect(failure(await org.process('EnrollInPromotion', values))).to.contain('true or false, not perhaps');
    expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(1);
  });

  it('EnrollInPromotion refuses a closed or unknown promotion', async () => {
    org.addProcess('EnrollInPromotion');
    org.addPromotion('Closed', { IsEnrollmentRequired: true, EnrollmentEndDate: '2026-03-09' });
    for (const PromotionName of ['Closed', 'Nowhere']) {
      const answer = await org.process('EnrollInPromotion', { MembershipNumber: 'WX-1', PromotionName });
      expect(failure(answer)).to.contain(PromotionName);
    }
    expect(failure(await org.process('EnrollInPromotion', { MembershipNumber: 'WX-1' }))).to.contain('PromotionId');
    expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(0);
  });
});
