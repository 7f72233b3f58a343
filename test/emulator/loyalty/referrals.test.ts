import { expect } from 'chai';
import { referralEndpoints } from '../../../src/contract/endpoints/referralEndpoints.js';
import { RestClient } from '../restClient.js';
import { invalid, refusal, ReferralOrg } from './referralOrg.js';

const michael = { firstName: 'Michael', lastName: 'Clare', email: 'mclare@example.com' };

describe('a referral promotion', () => {
  let friends: ReferralOrg;
  let code: string;

  beforeEach(async () => {
    friends = await ReferralOrg.start();
    code = (await friends.join({ membershipNumber: 'WX-1' })).body.promotionReferralCode;
  });

  afterEach(() => friends[Symbol.asyncDispose]());

  const contactOf = (lastName: string) => friends.org.emulator.store.first('Contact', { LastName: lastName })?.Id;

  it('is joined once: the code stays, and one journal says that the member joined', async () => {
    const { store } = friends.org.emulator;
    const member = store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-1' });
    const again = await friends.join({ contactId: contactOf('Costa') });
    referralEndpoints.enrollAdvocate.response.parse(again.body);
    expect(again.body).to.deep.equal({
      ...{ contactId: contactOf('Costa')?.slice(0, 15), memberId: member?.Id.slice(0, 15), membershipNumber: 'WX-1' },
      ...{ programName: 'Harbour Rewards', promotionReferralCode: code, transactionJournals: [] },
    });
    expect(code).to.equal(`${String(member?.['ReferralCode'])}-FRIEND`);
    const [row, ...others] = store.find('LoyaltyProgramMbrPromotion', { PromotionId: friends.promotionId });
    expect([
      row?.['LoyaltyProgramMemberId'],
      row?.['IsEnrollmentActive'],
      row?.['IsAutoEnrolled'],
      others,
    ]).to.deep.equal([member?.Id, true, false, []]);
    const journals = await friends.org.rows(
      'SELECT JournalType.Name, JournalSubType.Name, Status, UsageType FROM TransactionJournal',
    );
    const names = journals.map(({ JournalType: type, JournalSubType: sub, Status, UsageType }) => [
      ...[type, sub].map((each) => (each as { Name: string }).Name),
      ...[Status, UsageType],
    ]);
    expect(names).to.deep.equal([['Referral', 'Advocate Enrollment', 'Processed', 'Referral']]);
  });

  it('makes a new person a member, under the given number, and knows them by their e-mail address', async () => {
    const person = { firstName: 'Mac', lastName: 'Ray', email: 'mray@example.com', allowDuplicateRecords: 'false' };
    const more = { enrollmentChannel: 'pos', shouldProcessTransactionsInRealTime: 'false', memberStatus: 'Active' };
    const { status, body } = await friends.join({
      ...{ membershipNumber: 'M125', associatedPersonAccountDetails: person, ...more },
    });
    expect([status, body.membershipNumber, body.transactionJournals[0].status]).to.deep.equal([200, 'M125', 'Pending']);
    const member = friends.org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: 'M125' });
    expect(member).to.include({ EnrollmentChannel: 'POS', MemberStatus: 'Active', EnrollmentDate: '2026-03-10' });
    expect(await friends.org.count('LoyaltyMemberCurrency', `WHERE LoyaltyMember.MembershipNumber = 'M125'`)).to.equal(
      2,
    );

    expect((await friends.join({ associatedPersonAccountDetails: person })).body.membershipNumber).to.equal('M125');
    expect(
      refusal(await friends.join({ membershipNumber: 'M126', associatedPersonAccountDetails: person })),
    ).to.deep.equal(invalid('The person is already the member M125 of the loyalty program, and not M126.'));
    const stranger = { ...person, email: 'other@example.com' };
    expect((await friends.join({ associatedPersonAccountDetails: stranger })).body.membershipNumber).to.match(
      /^\w{8}$/,
    );
  });

  it('moves a friend from stage to stage, with a voucher for the friend and points for the advocate', async () => {
    const { store } = friends.org.emulator;
    const referred = await friends.event(code, { eventType: 'Refer', ...michael, referralChannel: 'email' });
    referralEndpoints.event.response.parse(referred.body);
    expect(referred.body).to.deep.include({ referralStage: 'Advocate Refers Friend', transactionJournalIds: [] });
    const contactId = referred.body.contactIds[0];
    expect(await friends.referrals()).to.deep.equal([
      {
        ...{ ReferrerId: contactOf('Costa'), ReferralDate: '2026-03-09', ReferralType: 'INBOUND', Source: 'Email' },
        ...{ stage: 'Advocate Refers Friend', friend: 'Michael Clare' },
      },
    ]);

    const signedUp = (await friends.event(code, { eventType: 'Enrollment', contactId })).body;
    const voucher = store.get('Voucher', signedUp.voucherId);
    expect(signedUp.referralIds).to.deep.equal(referred.body.referralIds);
    expect(voucher).to.include({ ContactId: contactOf('Clare'), LoyaltyProgramMemberId: null, Status: 'Issued' });
    expect(signedUp.voucherList).to.deep.equal([
      {
        ...{ effectiveDate: '2026-03-10', expirationDate: '2026-04-09', voucherCode: voucher?.['VoucherCode'] },
        ...{ voucherDefinition: 'Welcome', voucherId: signedUp.voucherId },
        transactionJournalId: signedUp.transactionJournalIds[0],
      },
    ]);
    expect(await friends.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });

    const purchase = { purchaseAmount: '40.5', purchaseQuantity: 3, orderReferenceId: 'R-1' };
    const bought = (await friends.event(code, { eventType: 'Purchase', contactId, ...purchase })).body;
    expect(bought).to.deep.include({ referralStage: 'Friend Completes First Purchase', voucherId: null });
    expect(await friends.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 50 });
    expect(store.get('TransactionJournal', bought.transactionJournalIds[0])).to.include({
      ...{
        TransactionAmount: 40.5,
        Quantity: 3,
        ExternalTransactionNumber: 'R-1',
        ReferredPartyId: contactOf('Clare'),
      },
      ...{ ActivityDate: '2026-03-09T10:00:00.000Z', Status: 'Processed', PromotionId: friends.promotionId },
    });
    expect((await friends.referrals()).map(({ stage }) => stage)).to.deep.equal(['Friend Completes First Purchase']);
    expect(refusal(await friends.event(code, { eventType: 'Purchase', contactId, ...purchase }))).to.deep.equal(
      invalid(
        'The friend was already referred for the promotion Bring a friend, and has reached the stage Friend Completes First Purchase.',
      ),
    );
  });

  it('refuses the same friend twice, one of another advocate, and the advocate, and stores nothing then', async () => {
    await friends.org.withMembers('WX-2');
    const other = (await friends.join({ membershipNumber: 'WX-2' })).body.promotionReferralCode;
    const emails = { referralEmails: { emails: ['a@example.com', 'A@example.com', 'b@example.com'] } };
    const { body } = await friends.event(code, { eventType: 'Refer', ...emails });
    expect([body.contactIds.length, body.referralIds.length]).to.deep.equal([2, 2]);
    const stage = 'and has reached the stage Advocate Refers Friend.';
    for (const [by, given, message] of [
      [code, emails, `The friend was already referred for the promotion Bring a friend, ${stage}`],
      [
        code,
        { referralEmails: ['new@example.com', 'b@example.com'] },
        `The friend was already referred for the promotion Bring a friend, ${stage}`,
      ],
      [
        other,
        { ...michael, email: 'a@example.com' },
        'The friend was already referred for the promotion Bring a friend by another advocate.',
      ],
      [code, { ...michael, email: 'ANA.COSTA@example.com' }, 'The member WX-1 cannot be their own friend.'],
      [code, { contactId: contactOf('Costa') }, 'The member WX-1 cannot be their own friend.'],
    ] as const) {
      expect(refusal(await friends.event(by, { eventType: 'Refer', ...given }))).to.deep.equal(invalid(message));
    }
    expect((await friends.referrals()).map(({ friend }) => friend)).to.deep.equal(['a@example.com', 'b@example.com']);
    expect(contactOf('new@example.com')).to.equal(undefined);
  });

  it('refuses a code of nobody, a day outside the promotion, and a member who left or is not active', async () => {
    const { store } = friends.org.emulator;
    const refer = (by: string, more = {}) => friends.event(by, { eventType: 'Refer', ...michael, ...more });
    expect(refusal(await refer('NOBODY-FRIEND'))).to.deep.equal(
      invalid('The referral code NOBODY-FRIEND does not exist.'),
    );
    for (const [day, at] of [
      ['2026-02-28', '2026-02-28T23:59:59'],
      ['2026-04-01', '2026-04-01T00:00:00Z'],
    ] as const) {
      const message = `The promotion Bring a friend runs from 2026-03-01 until 2026-03-31, and not on ${day}.`;
      expect(refusal(await refer(code, { activityDateTime: at }))).to.deep.equal(invalid(message));
    }
    const member = store.first('LoyaltyProgramMember', { MembershipNumber: 'WX-1' })?.Id ?? '';
    store.update('LoyaltyProgramMember', member, { MemberStatus: 'Inactive' });
    expect(refusal(await refer(code))).to.deep.equal(invalid('The member WX-1 is not active.'));
    store.update('LoyaltyProgramMember', member, { MemberStatus: 'Active' });
    const row = store.first('LoyaltyProgramMbrPromotion', { PromotionId: friends.promotionId })?.Id ?? '';
    store.update('LoyaltyProgramMbrPromotion', row, { IsEnrollmentActive: false });
    expect(refusal(await refer(code))).to.deep.equal(
      invalid('The member WX-1 has not joined the promotion Bring a friend.'),
    );
    store.update('Promotion', friends.promotionId, { IsActive: false });
    expect(refusal(await friends.join({ membershipNumber: 'WX-1' }))).to.deep.equal(
      invalid('The promotion Bring a friend is not active.'),
    );
    expect(await friends.referrals()).to.deep.equal([]);
  });

  it('refuses requests that name nobody, or keys of later versions', async () => {
    expect(refusal(await friends.join({}))[1]).to.equal('REQUIRED_FIELD_MISSING');
    expect(refusal(await friends.join({ membershipNumber: 'WX-9' }))).to.deep.equal(
      invalid('The member WX-9 does not exist in the loyalty program.'),
    );
    friends.org.addPromotion('Plain', { PromotionCode: 'PLAIN' });
    expect(refusal(await friends.join({ membershipNumber: 'WX-1' }, 'PLAIN'))).to.deep.equal(
      invalid('The promotion PLAIN is not a referral promotion.'),
    );
    expect(refusal(await friends.event(code, { eventType: 'Refer', firstName: 'Michael' }))).to.deep.equal([
      ...[400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [lastName, email]'],
    ]);
    const withoutTime = { eventType: 'Refer', ...michael, activityDateTime: null };
    expect(refusal(await friends.event(code, withoutTime))[2]).to.include('[activityDateTime]');
    const early = new RestClient(friends.org.emulator, undefined, 'v61.0');
    const body = { referralCode: code, eventType: 'Refer', ...michael, joiningDate: '2026-03-09T10:00:00' };
    const refused = await early.post('/referral-program/referral-event', { ...body, referralChannel: 'Email' });
    expect(refusal(refused)[2]).to.equal('Unrecognized field "referralChannel"');
    expect((await early.post('/referral-program/referral-event', body)).body).to.not.have.property('voucherList');
  });

  it('issues no more vouchers than the promotion may have, and a purchase of a stranger goes to its stage at once', async () => {
    const { store } = friends.org.emulator;
    store.update('Promotion', friends.promotionId, { MaximumVoucherCount: 1 });
    const signUp = (email: string) => friends.event(code, { eventType: 'Enrollment', ...michael, email });
    const vouchers = [await signUp('1@example.com'), await signUp('2@example.com')].map(({ body }) => body.voucherList);
    expect(vouchers.map(({ length }) => length)).to.deep.equal([1, 0]);
    await friends.event(code, { eventType: 'Purchase', ...michael, email: '3@example.com' });
    expect((await friends.referrals()).map(({ stage }) => stage)).to.deep.equal([
      ...['Friend Signs Up', 'Friend Signs Up', 'Friend Completes First Purchase'],
    ]);
    expect((await friends.org.balances('WX-1'))['Stars']).to.equal(50);
    const contactId = contactOf('Clare');
    const back = await friends.event(code, { eventType: 'Refer', contactId, referralStage: 'friend signs up' });
    expect(refusal(back)[2]).to.include('has reached the stage Friend Signs Up.');
  });
});
