import { expect } from 'chai';
import { CorporateEnrollmentResponse } from '../../../src/contract/endpoints/enrollmentEndpoints.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, programName } from './exampleProgram.js';

describe('corporate member enrollment', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const enroll = (membershipNumber: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    org.api.post(`/loyalty-programs/${encodeURIComponent(programName)}/corporate-member-enrollments`, {
      enrollmentDate: '2026-02-14T09:30:00',
      membershipNumber,
      memberStatus: 'Active',
      associatedAccountDetails: { name: 'Okafor Shipping', phone: '+15550100', website: 'okafor.example.com' },
      ...more,
    });
  const stored = (objectName: string, values: Record<string, string>) => org.emulator.store.first(objectName, values);

  it('creates a business account and its membership, with currencies and tier as for every member', async () => {
    const additionalAccountFieldValues = { attributes: { Industry: 'Shipping' } };
    const associatedAccountDetails = { name: 'Okafor Shipping', phone: '+15550100', additionalAccountFieldValues };
    const { status, body } = await enroll('CO-1', { associatedAccountDetails, enrollmentChannel: 'POS' });
    expect(status).to.equal(200);
    const answer = CorporateEnrollmentResponse.parse(body);
    expect(answer).to.include({ loyaltyProgramName: programName, membershipNumber: 'CO-1' });
    expect(answer.accountId).to.match(/^001\w{12}$/);
    expect(answer.loyaltyProgramMemberId).to.match(/^0lM\w{12}$/);
    const [member] = await org.rows(
      `SELECT MemberType, ContactId, Account.Name, Account.Phone, Account.Industry, Account.IsPersonAccount,
         EnrollmentDate, EnrollmentChannel FROM LoyaltyProgramMember`,
    );
    expect(member).to.include({ MemberType: 'Corporate', ContactId: null, EnrollmentDate: '2026-02-14' });
    const account = { Name: 'Okafor Shipping', Phone: '+15550100', Industry: 'Shipping', IsPersonAccount: false };
    expect(member?.['Account']).to.include(account);
    expect(await org.balances('CO-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    expect(await org.count('LoyaltyMemberTier')).to.equal(1);
    expect(await org.count('Contact')).to.equal(0);
  });

  it('takes points, and lets persons belong to it', async () => {
    await enroll('CO-1');
    const corporate = stored('LoyaltyProgramMember', { MembershipNumber: 'CO-1' })?.Id;
    await org.enroll('WX-1', { relatedCorporateMembershipNumber: 'CO-1' });
    expect(stored('LoyaltyProgramMember', { MembershipNumber: 'WX-1' })).to.include({
      MemberType: 'Individual',
      RelatedCorporateMembershipId: corporate,
    });
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', TransactionAmount: 40 };
    await org.execute([{ ...journal, MembershipNumber: 'CO-1' }]);
    expect(await org.balances('CO-1')).to.deep.equal({ Miles: 40, Stars: 40 });
  });

  it('finds the referrer by membership number and by Id, and writes both journals', async () => {
    await org.withMembers('WX-1');
    const id = await org.memberId('WX-1');
    for (const [number, referredBy] of [
      ['CO-1', 'WX-1'],
      ['CO-2', id.slice(0, 15)],
      ['CO-3', id],
    ] as const) {
      const { status, body } = await enroll(number, { referredBy, createTransactionJournals: 'true' });
      expect([number, status]).to.deep.equal([number, 200]);
      const journals = CorporateEnrollmentResponse.parse(body).transactionJournals ?? [];
      expect(journals.map((each) => [each.journalSubType, each.loyaltyProgramMember])).to.deep.equal([
        ['Member Enrollment', number],
        ['Member Referral', 'WX-1'],
      ]);
      expect(stored('LoyaltyProgramMember', { MembershipNumber: number })?.['ReferredById']).to.equal(id);
    }
  });

  it('refuses what it does not know or has already, and stores nothing', async () => {
    await org.withMembers('WX-1');
    const refusal = async (answer: Promise<Answer>): Promise<unknown[]> => {
      const { status, body } = await answer;
      return [status, body[0].errorCode];
    };
    expect(await refusal(enroll('wx-1'))).to.deep.equal([400, 'DUPLICATE_VALUE']);
    expect(await refusal(enroll('CO-1', { referredBy: 'nobody' }))).to.deep.equal([400, 'INVALID_API_INPUT']);
    expect(await refusal(enroll('CO-1', { associatedAccountDetails: { phone: '1' } }))).to.deep.equal([
      400,
      'REQUIRED_FIELD_MISSING',
    ]);
    expect(await refusal(enroll('CO-1', { relatedCorporateMembershipNumber: 'WX-1' }))).to.deep.equal([
      400,
      'JSON_PARSER_ERROR',
    ]);
    const unknown = { attributes: { Nonsense__c: 'x' } };
    const associatedAccountDetails = { name: 'Okafor', additionalAccountFieldValues: unknown };
    expect(await refusal(enroll('CO-1', { associatedAccountDetails }))).to.deep.equal([400, 'INVALID_FIELD']);
    expect(await org.count('Account', "WHERE Name LIKE 'Okafor%'")).to.equal(0);
    expect(await org.count('LoyaltyProgramMember')).to.equal(1);
  });
});
