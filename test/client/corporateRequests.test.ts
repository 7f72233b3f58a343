import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact request, and an answer as in the guide. */
describe('the request that enrolls a company', () => {
  const client = clientOnTheWire();
  const path = '/loyalty-programs/Harbour%20Rewards/corporate-member-enrollments';
  const request = {
    enrollmentDate: '2026-02-14T09:30:00',
    membershipNumber: 'CO-10',
    associatedAccountDetails: {
      name: 'Okafor Shipping',
      phone: '+15550100',
      website: 'https://okafor.example.com',
      allowDuplicateRecords: false,
      additionalAccountFieldValues: { attributes: { Industry: 'Shipping' } },
    },
    memberStatus: 'Active',
    referredBy: 'WX-20417',
    referredByMemberReferralCode: 'A1B2C3D4',
    transactionJournalStatementFrequency: 'Quarterly' as const,
    transactionJournalStatementMethod: 'Email' as const,
    canReceivePromotions: true,
    canReceivePartnerPromotions: false,
    membershipEndDate: '2027-02-14T00:00:00',
    createTransactionJournals: true,
    enrollmentChannel: 'Web' as const,
    additionalMemberFieldValues: { attributes: { Contract__c: '77' } },
  };

  it('has the account in place of a contact, and answers with its Id', async () => {
    const answer = {
      accountId: '001Ab00000K1mNo',
      loyaltyProgramMemberId: '0lMAb0000004T7u',
      loyaltyProgramName: 'Harbour Rewards',
      membershipNumber: 'CO-10',
      transactionJournals: [],
    };
    nock(origin)
      .post(`/services/data/v66.0${path}`, { ...request })
      .reply(200, answer, contentType);
    expect(await client.members.enrollCorporate('Harbour Rewards', request)).to.deep.equal(answer);
  });

  it('fails with the code of the org', async () => {
    const body = [{ errorCode: 'DUPLICATE_VALUE', message: 'duplicate value found' }];
    nock(origin).post(`/services/data/v66.0${path}`).reply(400, body, contentType);
    const error = await failureOf(client.members.enrollCorporate('Harbour Rewards', request));
    expect(error).to.include({ name: 'LoyaltyApiError', status: 400, errorCode: 'DUPLICATE_VALUE' });
  });
});
