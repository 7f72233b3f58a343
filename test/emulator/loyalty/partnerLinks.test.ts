import { expect } from 'chai';
import { ExampleOrg, programName } from './exampleProgram.js';

describe('links of members to partners', () => {
  let org: ExampleOrg;
  let partner: string;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    const { store } = org.emulator;
    partner = store.insert('LoyaltyProgramPartner', {
      ...{
        Name: 'Sky Air',
        LoyaltyProgramId: org.program.id,
        LoyaltyPartnerId: store.insert('Account', { Name: 'Sky' }),
      },
      ...{
        BillingType: 'Postpaid',
        PartnerIndustry: 'Travel',
        PartnerType: 'Both',
        PartnershipStartDate: '2026-01-01',
      },
      IsMemberLinkingAllowed: true,
    });
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const post = async (
    what: 'link' | 'unlink',
    body: Record<string, unknown> = {},
    [member, name]: [string, string] = ['WX-1', 'Sky Air'],
  ): Promise<Record<string, unknown>> => {
    const members = `/loyalty/programs/${encodeURIComponent(programName)}/members/${member}`;
    return (await org.api.post(`${members}/partners/${encodeURIComponent(name)}/${what}`, body)).body;
  };
  const rows = () =>
    org.rows(
      `SELECT Name, IsActive, ExternalIdentifier, LinkDate, UnlinkDate, UnlinkReasonType, Comments,
         LoyaltyProgramMember.MembershipNumber, LoyaltyProgramPartner.Name FROM LoyaltyPgmMbrLinkedPtnr ORDER BY Name`,
    );

  it('are records with a number and dates, and end with a reason', async () => {
    const answer = await post('link', { externalId: 'SKY-7', additionalAttributes: { Comments: 'By telephone' } });
    const [row] = await rows();
    expect(answer).to.deep.equal({ linkNumber: row?.['Name'], message: null, status: true });
    expect(answer['linkNumber']).to.match(/^\d{8}$/);
    expect(row).to.deep.include({
      IsActive: true,
      ExternalIdentifier: 'SKY-7',
      UnlinkDate: null,
      Comments: 'By telephone',
    });
    expect(row?.['LinkDate']).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(row?.['LoyaltyProgramMember']).to.include({ MembershipNumber: 'WX-1' });
    expect(row?.['LoyaltyProgramPartner']).to.include({ Name: 'Sky Air' });
    const reason = { unlinkReasonType: 'USER_REQUEST', comments: 'Moved away' };
    expect(await post('unlink', reason)).to.deep.equal({ message: null, status: true });
    const [ended] = await rows();
    expect(ended).to.deep.include({ IsActive: false, UnlinkReasonType: 'USER_REQUEST', Comments: 'Moved away' });
    expect(ended?.['UnlinkDate']).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(await post('unlink')).to.deep.equal({
      message: 'The member has no such active link to the partner.',
      status: false,
    });
    expect(await post('link', { externalId: 'SKY-7' })).to.include({ status: true });
  });

  it('are ended one at a time where a member has several', async () => {
    for (const externalId of ['SKY-7', 'SKY-8', 'SKY-9']) await post('link', { externalId });
    expect((await post('link', { externalId: 'SKY-8' }))['message']).to.include('linked to the partner already');
    expect((await post('unlink'))['message']).to.include('give linkNumber or externalId');
    expect(await post('unlink', { externalId: 'SKY-8' })).to.include({ status: true });
    const linkNumber = (await rows())[0]?.['Name'];
    expect(await post('unlink', { linkNumber })).to.include({ status: true });
    const active = (await rows()).filter(({ IsActive }) => IsActive);
    expect(active.map(({ ExternalIdentifier }) => ExternalIdentifier)).to.deep.equal(['SKY-9']);
  });

  it('are refused for unknown or inactive members and partners, and out of their periods', async () => {
    const { store } = org.emulator;
    const message = async (whom?: [string, string]): Promise<unknown> => (await post('link', {}, whom))['message'];
    expect(await message(['nobody', 'Sky Air'])).to.include('has no member nobody');
    expect(await message(['WX-1', 'Sea Line'])).to.include('has no partner Sea Line');
    for (const [values, text] of [
      [{ PartnerStatus: 'Pending' }, 'is Pending'],
      [{ PartnerStatus: 'Active', IsMemberLinkingAllowed: false }, 'does not allow links'],
      [{ IsMemberLinkingAllowed: true, MemberLinkingEffEndDate: '2026-01-02T00:00:00Z' }, 'cannot be linked'],
      [{ MemberLinkingEffEndDate: null, PartnershipStartDate: '2090-01-01' }, 'cannot be linked'],
    ] as const) {
      store.update('LoyaltyProgramPartner', partner, values);
      expect(await message()).to.include(text);
    }
    store.update('LoyaltyProgramPartner', partner, { PartnershipStartDate: '2026-01-01' });
    store.update('LoyaltyProgramMember', await org.memberId('WX-1'), { MemberStatus: 'Inactive' });
    expect(await message()).to.equal('The member WX-1 is Inactive.');
    expect(await rows()).to.deep.equal([]);
  });
});
