import { expect } from 'chai';
import type { Answer } from '../restClient.js';
import { ExampleOrg } from './exampleProgram.js';

describe('The processes of members in the local org', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
    org.addProcess('UpdateMemberDetails');
    org.addProcess('UnenrollMember');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const resultsOf = ({ body }: Answer): Record<string, unknown>[] => body.outputParameters.outputParameters.results;
  const member = async (id: string): Promise<Record<string, unknown> | undefined> =>
    (
      await org.rows(
        `SELECT MembershipNumber, EnrollmentDate, MemberStatus, Contact.Email, Contact.LastName, Contact.Account.PersonEmail
         FROM LoyaltyProgramMember WHERE Id = '${id}'`,
      )
    )[0];

  it('update the member and the person behind it, named by id or by its current number', async () => {
    const id = await org.memberId('WX-1');
    const [result] = resultsOf(
      await org.process('UpdateMemberDetails', {
        CurrentMembershipNumber: 'wx-1',
        MembershipNumber: 'WX-9',
        Email: 'ines@example.com',
        EnrollmentDate: '2026-02-03',
        LastName: 'Okafor',
      }),
    );
    expect(result).to.include({ MemberId: id, TransactionJournalId: null });
    expect(String(result?.['ContactId'])).to.match(/^003/);
    const row = await member(id);
    expect(row).to.deep.include({ MembershipNumber: 'WX-9', EnrollmentDate: '2026-02-03', MemberStatus: 'Active' });
    expect(row?.['Contact']).to.deep.include({ Email: 'ines@example.com', LastName: 'Okafor' });
    expect((row?.['Contact'] as { Account: unknown }).Account).to.deep.include({ PersonEmail: 'ines@example.com' });

    await org.process('UpdateMemberDetails', { MemberId: id, MemberStatus: 'Inactive' });
    expect(await member(id)).to.include({ MembershipNumber: 'WX-9', MemberStatus: 'Inactive' });
  });

  it('leave everything as it is if a value cannot be stored', async () => {
    const id = await org.memberId('WX-1');
    for (const [values, message] of [
      [{ LastName: 'Changed', Email: 'nobody' }, /^INVALID_EMAIL_ADDRESS/],
      [
        { LastName: 'Changed', MembershipNumber: 'WX-2' },
        /^Another member of Harbour Rewards has the membership number/,
      ],
    ] as const) {
      const { status, body } = await org.process('UpdateMemberDetails', { MemberId: id, ...values });
      expect([status, body.status]).to.deep.equal([200, false]);
      expect(body.message).to.match(message);
      expect((await member(id))?.['Contact']).to.not.deep.include({ LastName: 'Changed' });
    }
  });

  it('end a membership, by its current number and not by the name of other templates', async () => {
    const id = await org.memberId('WX-1');
    const other = await org.process('UnenrollMember', { MembershipNumber: 'WX-1' });
    expect(other.body.message).to.equal('Give MemberId or CurrentMembershipNumber.');
    expect(resultsOf(await org.process('UnenrollMember', { CurrentMembershipNumber: 'WX-1' }))).to.deep.equal([
      { MemberId: id },
    ]);
    expect(await member(id)).to.include({ MemberStatus: 'Inactive' });
    expect(await member(await org.memberId('WX-2'))).to.include({ MemberStatus: 'Active' });
  });
});
