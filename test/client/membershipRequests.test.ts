import { expect } from 'chai';
import nock from 'nock';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide. */
describe('requests that change a member', () => {
  const client = clientOnTheWire();
  const processes = '/services/data/v66.0/connect/loyalty/programs/Inner%20Circle/program-processes';
  const answer = (result: object): object => ({
    message: null,
    outputParameters: { outputParameters: { results: [result] } },
    simulationDetails: {},
    status: true,
  });
  const memberId = '0lMAb0000004T7uAAE';

  it('an update, with inputs that the copy of the template has besides', async () => {
    const input = { CurrentMembershipNumber: 'IC-1', Email: 'ines@example.com', State: 'Oslo' };
    const result = { MemberId: memberId, ContactId: '003Ab00000K1mNoAAC', TransactionJournalId: null };
    nock(origin)
      .post(`${processes}/Update%20Member%20Details`, { processParameters: [input] })
      .reply(200, answer(result), contentType);
    const updated = await client.members.update(
      'Inner Circle',
      { membershipNumber: 'IC-1' },
      { email: 'ines@example.com' },
      { processName: 'Update Member Details', parameters: { State: 'Oslo' } },
    );
    expect(updated).to.deep.equal({ memberId, contactId: '003Ab00000K1mNoAAC', transactionJournalId: null });
  });

  it('the end of a membership; without an active rule, the process answers nothing', async () => {
    const request = () =>
      nock(origin).post(`${processes}/UnenrollMember`, { processParameters: [{ MemberId: memberId }] });
    request().reply(200, answer({ MemberId: memberId }), contentType);
    expect(await client.members.unenroll('Inner Circle', { memberId })).to.deep.equal({ memberId });
    request().reply(200, { status: true, message: null, outputParameters: null }, contentType);
    expect(await client.members.unenroll('Inner Circle', { memberId })).to.deep.equal({ memberId: null });
  });

  it('fields of the records, without a process', async () => {
    const root = '/services/data/v66.0';
    nock(origin)
      .get(`${root}/query`)
      .query(true)
      .reply(200, { totalSize: 1, done: true, records: [{ Contact: { AccountId: '001Ab' } }] }, contentType)
      .patch(`${root}/sobjects/Account/001Ab`, { PersonEmail: 'ines@example.com' })
      .reply(204)
      .patch(`${root}/sobjects/LoyaltyProgramMember/${memberId}`, { Card__c: '7' })
      .reply(204);
    await client.members.updateRecords(memberId, {
      account: { PersonEmail: 'ines@example.com' },
      member: { Card__c: '7' },
    });
    expect(nock.isDone()).to.equal(true);
  });
});
