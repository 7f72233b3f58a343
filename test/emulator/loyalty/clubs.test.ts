import { expect } from 'chai';
import { ExampleOrg, programName } from './exampleProgram.js';

const path = `/loyalty-programs/${encodeURIComponent(programName)}/clubs/coffee%20club`;

describe('clubs', () => {
  let org: ExampleOrg;
  let club: string;
  let group: string;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    const { store } = org.emulator;
    const values = { LoyaltyProgramId: org.program.id, IsActive: true, Category: 'Clubs' };
    group = store.insert('LoyaltyTierGroup', { Name: 'Clubs', ...values });
    club = store.insert('LoyaltyTier', { Name: 'Coffee Club', SequenceNumber: 1, LoyaltyTierGroupId: group });
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const post = async (what: string, body: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const { status, body: answer } = await org.api.post(`${path}/${what}`, body);
    return status === 200 ? answer : { httpStatus: status, ...answer[0] };
  };
  const enroll = (more: Record<string, unknown> = {}) =>
    post('member-enrollment', {
      ...{ clubMembershipNumber: 'CC-1', loyaltyMembershipNumber: 'WX-1', memberStatus: 'Active' },
      ...{ enrollmentDate: '2026-02-14T09:30:00', membershipEndDate: '2090-02-14T00:00:00' },
      ...more,
    });
  const renew = (body: Record<string, unknown>) => post('membership-renewal', body);
  const profile = async (query: string) => (await org.api.get(`/club/members?${query}`)).body;
  const row = () => org.emulator.store.find('LoyaltyMemberTier', { LoyaltyTierId: club }).at(-1)!;

  it('enroll a member of the program, which is in the records and in the profile', async () => {
    expect(await enroll()).to.deep.equal({ clubMembershipNumber: 'CC-1', message: null, status: true });
    const [tier] = await org.rows(
      `SELECT Name, Status, EffectiveDate, TierExpirationDate, TierMemberIdentifier, EnrollmentType,
         LoyaltyMember.MembershipNumber FROM LoyaltyMemberTier WHERE LoyaltyTierId = '${club}'`,
    );
    expect(tier).to.deep.include({
      ...{ Name: 'Coffee Club', Status: 'Active', EffectiveDate: '2026-02-14', TierExpirationDate: '2090-02-14' },
      ...{ TierMemberIdentifier: 'CC-1', EnrollmentType: 'Segment' },
    });
    expect(tier?.['LoyaltyMember']).to.include({ MembershipNumber: 'WX-1' });
    const [event] = await org.rows('SELECT EffectiveEndDate, LoyaltyMemberTierId FROM LoyaltyMembershipLifecycle');
    expect(event).to.include({ EffectiveEndDate: '2090-02-14', LoyaltyMemberTierId: row().Id });
    const { store } = org.emulator;
    const BenefitTypeId = store.insert('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
    const BenefitId = store.insert('Benefit', { Name: 'Free refill', IsActive: true, BenefitTypeId });
    store.insert('LoyaltyTierBenefit', { Name: 'Free refill', BenefitId, LoyaltyTierId: club });
    store.insert('LoyaltyTierPromotion', { LoyaltyTierId: club, PromotionId: org.program.tenCups });
    const found = await profile('clubMembershipNumber=CC-1&clubName=Coffee%20Club');
    expect(found).to.include({
      ...{ clubId: club, clubName: 'Coffee Club', clubMembershipId: row().Id, clubMembershipNumber: 'CC-1' },
      ...{ membershipStartDate: '2026-02-14T09:30:00.000Z', membershipEndDate: '2090-02-14T00:00:00.000Z' },
    });
    expect(found.benefits[0]).to.include({ benefitName: 'Free refill', benefitTypeName: 'Hospitality' });
    expect(found.promotions[0]).to.include({ promotionName: 'Ten cups', memberEligibilityCategory: 'Eligible' });
  });

  it('give their benefits like tiers, one for each club of a group', async () => {
    const { store } = org.emulator;
    const other = store.insert('LoyaltyTier', { Name: 'Tea Club', SequenceNumber: 2, LoyaltyTierGroupId: group });
    const BenefitTypeId = store.insert('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
    for (const [Name, LoyaltyTierId] of [
      ['Free refill', club],
      ['Free tea', other],
    ] as const) {
      const BenefitId = store.insert('Benefit', { Name, IsActive: true, BenefitTypeId });
      store.insert('LoyaltyTierBenefit', { Name, BenefitId, LoyaltyTierId });
    }
    await enroll();
    const tea = path.replace('coffee', 'tea');
    await org.api.post(`${tea}/member-enrollment`, { clubMembershipNumber: 'T-1', loyaltyMembershipNumber: 'WX-1' });
    const inputs = [{ LoyaltyProgramMemberId: await org.memberId('WX-1') }];
    await org.api.post('/actions/standard/assignTierBenefits', { inputs });
    expect(store.find('MemberBenefit', {}).map(({ Name }) => Name)).to.have.members(['Free refill', 'Free tea']);
  });

  it('enroll a new person, a new company, a contact and an account, who become members', async () => {
    const { store } = org.emulator;
    const AccountId = store.insert('Account', { Name: 'Abebe Ltd' });
    const contactId = store.insert('Contact', { LastName: 'Chen' });
    const whom = [
      [{ associatedContactDetails: { lastName: 'Ndlovu' } }, { MemberType: 'Individual' }],
      [{ associatedAccountDetails: { name: 'Okafor Shipping' } }, { MemberType: 'Corporate' }],
      [{ contactId }, { ContactId: contactId }],
      [{ accountId: AccountId.slice(0, 15) }, { AccountId, MemberType: 'Corporate' }],
    ] as const;
    for (const [index, [given, expected]] of whom.entries()) {
      const number = `N-${index}`;
      const answer = await enroll({ clubMembershipNumber: number, loyaltyMembershipNumber: undefined, ...given });
      expect(answer).to.include({ status: true });
      expect(store.first('LoyaltyProgramMember', { MembershipNumber: number })).to.include(expected);
    }
    expect(store.first('Contact', { LastName: 'Ndlovu' })).to.include({ IsPersonAccount: false });
    expect(await profile(`contactId=${contactId}`)).to.include({ clubMembershipNumber: 'N-2' });
  });

  it('refuse with HTTP 200 whom they cannot take, and store nothing', async () => {
    const { store } = org.emulator;
    await enroll();
    const message = async (more: Record<string, unknown>): Promise<unknown> => {
      const { status, message: text } = await enroll({ clubMembershipNumber: 'CC-2', ...more });
      return status === false ? text : 'accepted';
    };
    expect(await message({})).to.equal('WX-1 is a member of the club Coffee Club already.');
    await org.withMembers('WX-2', 'WX-3');
    expect(await message({ loyaltyMembershipNumber: 'WX-2', clubMembershipNumber: 'CC-1' })).to.include(
      'another member',
    );
    expect(await message({ loyaltyMembershipNumber: 'nobody' })).to.include('has no member nobody');
    expect(await message({ contactId: '003000000000001' })).to.include('exactly one of');
    expect(await message({ loyaltyMembershipNumber: undefined })).to.include('exactly one of');
    expect(await message({ loyaltyMembershipNumber: 'WX-2', membershipEndDate: '2026-01-01T00:00:00' })).to.include(
      'would end',
    );
    expect(
      await enroll({ loyaltyMembershipNumber: 'WX-2', clubMembershipNumber: 'CC-2', enrollmentDate: 'tomorrow' }),
    ).to.include({ httpStatus: 400 });
    store.update('LoyaltyProgramMember', await org.memberId('WX-3'), { MemberStatus: 'Inactive' });
    expect(await message({ loyaltyMembershipNumber: 'WX-3' })).to.equal('The member WX-3 is Inactive.');
    const gold = store.first('LoyaltyTier', { Name: 'Gold' })!.Id;
    store.insert('LoyaltyTierEligibilitySrc', { LoyaltyTierId: club, SourceReferenceId: gold });
    expect(await message({ loyaltyMembershipNumber: 'WX-2' })).to.equal(
      'Only members of Gold may join the club Coffee Club.',
    );
    store.update('LoyaltyTierGroup', group, { EndDate: '2020-01-01T00:00:00Z' });
    expect(await message({ loyaltyMembershipNumber: 'WX-2' })).to.include('is not open today');
    store.update('LoyaltyTierGroup', group, { IsActive: false });
    expect(await message({})).to.include('has no active club coffee club');
    expect(store.find('LoyaltyMemberTier', { LoyaltyTierId: club })).to.have.length(1);
  });

  it('renew by a day, by a period after the old end, and by the period of the group', async () => {
    await enroll();
    const by = { loyaltyMembershipNumber: 'wx-1' };
    expect(await renew({ ...by, clubMembershipEndDate: '2091-01-31T00:00:00' })).to.deep.equal({
      ...{ clubMembershipEndDate: '2091-01-31T00:00:00.000Z', clubMembershipNumber: 'CC-1' },
      ...{ message: null, status: true },
    });
    const period = { renewalPeriod: '1', renewalPeriodType: 'months', notes: 'A month', externalIdentifier: 'order-1' };
    expect(await renew({ clubMembershipNumber: 'CC-1', ...period })).to.include({
      clubMembershipEndDate: '2091-02-28T00:00:00.000Z',
    });
    expect(row()).to.include({ TierExpirationDate: '2091-02-28', Status: 'Active' });
    const [, , event] = await org.rows(
      'SELECT Comment, ExternalIdentifier FROM LoyaltyMembershipLifecycle ORDER BY Name',
    );
    expect(event).to.include({ Comment: 'A month', ExternalIdentifier: 'order-1' });
    org.emulator.store.update('LoyaltyTierGroup', group, { TierPeriodQuantity: 1, TierPeriodUnit: 'Years' });
    expect(await renew(by)).to.include({ clubMembershipEndDate: '2092-02-28T00:00:00.000Z' });
  });

  it('begin again today where a membership has expired, by renewal or by a new enrollment', async () => {
    await enroll({ enrollmentDate: '2020-01-01T00:00:00', membershipEndDate: '2021-01-01T00:00:00' });
    const today = new Date().toISOString().slice(0, 10);
    await renew({ clubMembershipNumber: 'CC-1', renewalPeriod: 10, renewalPeriodType: 'Days' });
    expect(String(row()['TierExpirationDate']) > today).to.equal(true);
    org.emulator.store.update('LoyaltyMemberTier', row().Id, { TierExpirationDate: '2021-01-01' });
    expect(await enroll({ clubMembershipNumber: 'CC-9' })).to.include({ status: true });
    const rows = org.emulator.store.find('LoyaltyMemberTier', { LoyaltyTierId: club });
    expect(rows.map((each) => [each['TierMemberIdentifier'], each['Status']])).to.deep.equal([
      ['CC-1', 'Inactive'],
      ['CC-9', 'Active'],
    ]);
  });

  it('refuse renewals of nobody, without an end, and to an earlier end', async () => {
    await enroll();
    const by = { clubMembershipNumber: 'CC-1' };
    expect((await renew({}))['message']).to.include('Give clubMembershipNumber');
    expect((await renew({ clubMembershipNumber: 'CC-7' }))['message']).to.include('has no member CC-7');
    expect((await renew(by))['message']).to.include('Give clubMembershipEndDate');
    expect((await renew({ ...by, renewalPeriod: 3 }))['message']).to.include('renewalPeriodType');
    const early = { ...by, clubMembershipEndDate: '2089-01-01T00:00:00' };
    expect((await renew(early))['message']).to.include('cannot be renewed until 2089-01-01');
    expect(row()).to.include({ TierExpirationDate: '2090-02-14' });
  });

  it('tell of the club when nobody is named, and refuse what does not exist or fits several', async () => {
    const sample = await profile(`clubName=Coffee%20Club&programName=${encodeURIComponent(programName)}`);
    expect(sample).to.include({ clubId: club, clubMembershipId: null });
    const status = async (query: string) => (await org.api.get(`/club/members?${query}`)).status;
    expect(await status('clubMembershipNumber=CC-1')).to.equal(404);
    expect(await status('clubName=Nonsense')).to.equal(404);
    expect(await status('programName=Nonsense')).to.equal(404);
    org.emulator.store.insert('LoyaltyTier', { Name: 'Tea Club', LoyaltyTierGroupId: group, SequenceNumber: 2 });
    expect(await status('')).to.equal(400);
  });
});
