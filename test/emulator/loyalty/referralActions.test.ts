import { expect } from 'chai';
import { referralEndpoints } from '../../../src/contract/endpoints/referralEndpoints.js';
import type { Answer } from '../restClient.js';
import { invalid, refusal, ReferralOrg } from './referralOrg.js';

const michael = { firstName: 'Michael', lastName: 'Clare', email: 'mclare@example.com' };

describe('advocates and their friends', () => {
  let friends: ReferralOrg;
  let code: string;
  let contactId: string;
  let voucherCode: string;

  before(async () => {
    friends = await ReferralOrg.start();
    friends.org.addPromotion('Later', { PromotionCode: 'LATER', IsReferralPromotion: true, StartDate: '2026-05-01' });
    friends.org.addPromotion('Coffee', { PromotionCode: 'COFFEE', IsReferralPromotion: true });
    code = (await friends.join({ membershipNumber: 'WX-1' })).body.promotionReferralCode;
    const { body } = await friends.event(code, { eventType: 'Enrollment', ...michael });
    contactId = body.contactIds[0];
    voucherCode = body.voucherList[0].voucherCode;
  });

  after(() => friends[Symbol.asyncDispose]());

  const profile = (body: Record<string, unknown>): Promise<Answer> =>
    friends.org.api.post('/referral-programs/advocate-profile', { programName: 'Harbour Rewards', ...body });
  const redeem = (body: Record<string, unknown>, of = voucherCode): Promise<Answer> =>
    friends.org.api.post(`/vouchers/${of}/redemption`, body);
  const run = async (name: string, input: Record<string, unknown>) => {
    const { body } = await friends.org.api.post(`/actions/standard/${name}`, { inputs: [input] });
    return body[0] as { isSuccess: boolean; outputValues: Record<string, unknown>; errors: { message: string }[] };
  };

  it('the profile has what the advocate joined and can join, and the referrals where asked for', async () => {
    const { body } = await profile({
      membershipNumber: 'wx-1',
      shouldGetReferralSummary: true,
      shouldGetReferrals: 'true',
    });
    referralEndpoints.advocateProfile.response.parse(body);
    const summary = { referralCount: 1, referralsOnStageFourCount: 1, referralsOnStageFiveCount: 0 };
    expect(body.programSummary).to.deep.equal({ ...summary, vouchersIssuedCount: 0 });
    const [joined, ...others] = body.enrolledPromotionsList;
    expect([joined.promotionCode, joined.isMemberPromotionEnrollementActive, others]).to.deep.equal([
      'FRIEND',
      true,
      [],
    ]);
    expect(`${joined.memberReferralCode}-FRIEND`).to.equal(code);
    expect(joined.memberPromotionSummary.referralCount).to.equal(1);
    expect(body.eligiblePromotionsList.map((each: { promotionCode: string }) => each.promotionCode)).to.deep.equal([
      'COFFEE',
    ]);
    const [referral] = body.referralSummaryList;
    expect([referral.promotionStageName, referral.referredPartyName, referral.referredPartyContactId]).to.deep.equal([
      ...['Friend Signs Up', 'Michael Clare', contactId],
    ]);

    const ofFriend = (await profile({ contactId, promotionCode: 'FRIEND' })).body;
    expect(ofFriend).to.deep.include({ enrolledPromotionsList: [], programSummary: null, referralSummaryList: null });
    expect(ofFriend.eligiblePromotionsList[0]).to.include({ promotionCode: 'FRIEND', memberId: null });
    const details = [{ lastName: 'Costa', email: 'ana.costa@example.com' }];
    expect((await profile({ contactDetails: details })).body.enrolledPromotionsList).to.have.lengthOf(1);
    expect(refusal(await profile({ membershipNumber: 'WX-9' }))[2]).to.equal(
      'The member WX-9 does not exist in the loyalty program.',
    );
    expect(refusal(await profile({}))[1]).to.equal('REQUIRED_FIELD_MISSING');
  });

  it('a friend redeems a voucher in parts, and nobody else does', async () => {
    expect(refusal(await redeem({ membershipNumber: 'WX-1', programName: 'Harbour Rewards' }))).to.deep.equal(
      invalid(`The voucher ${voucherCode} does not exist, or belongs to somebody else.`),
    );
    const { status, body } = await redeem({ contactId, redemptionAmount: '2.5' });
    expect({ status, body }).to.deep.equal({ status: 200, body: { remainingAmount: 2.5 } });
    expect((await redeem({ contactId })).body).to.deep.equal({ remainingAmount: 0 });
    expect(refusal(await redeem({ contactId })).slice(0, 2)).to.deep.equal([409, 'ALREADY_REDEEMED_VOUCHER']);
    expect(refusal(await redeem({}))[1]).to.equal('REQUIRED_FIELD_MISSING');
  });

  it('the action says what happened to one friend', async () => {
    const event = { referralCode: code, activityDateTime: '2026-03-09T10:00:00' };
    const bought = await run('processReferralEvent', {
      ...{ ...event, eventType: 'purchase', referralContactId: contactId, purchaseAmount: '12.50' },
      externalReferenceNumber: 'R-77',
    });
    expect(bought.outputValues).to.include({ referralStage: 'Friend Completes First Purchase', voucherId: null });
    const journals = await friends.org.rows(
      `SELECT TransactionAmount FROM TransactionJournal WHERE ExternalTransactionNumber = 'R-77'`,
    );
    expect(journals.map((row) => row['TransactionAmount'])).to.deep.equal([12.5]);
    expect((await friends.org.balances('WX-1'))['Stars']).to.equal(50);
    const wrong = await run('processReferralEvent', { ...event, eventType: 'Visit', referralContactId: contactId });
    expect(wrong.errors[0]?.message).to.equal('eventType has to be Refer, Enrollment or Purchase, not Visit.');
  });

  it('a company is an advocate of companies', async () => {
    const { store } = friends.org.emulator;
    const [harbour, pier] = ['Harbour Ltd', 'Pier Ltd'].map((Name) => store.insert('Account', { Name }));
    const promotion = { programName: 'Harbour Rewards', promotionCode: 'friend' };
    const joined = (await run('enrollAdvocateB2bReferralProm', { ...promotion, accountId: harbour })).outputValues;
    expect(joined).to.include({ accountId: harbour, promotionCode: 'FRIEND' });
    expect(store.get('LoyaltyProgramMember', String(joined['memberId']))).to.include({
      ...{ MemberType: 'Corporate', AccountId: harbour, ContactId: null },
    });
    const event = { referralCode: joined['referralCode'], activityDateTime: '2026-03-09T10:00:00' };
    const signedUp = await run('processB2bReferralEvent', { ...event, eventType: 'Enrollment', accountId: pier });
    expect(signedUp.outputValues).to.include({ accountId: pier, referralStage: 'Friend Signs Up' });
    expect(store.get('Voucher', String(signedUp.outputValues['voucherId']))).to.include({ AccountId: pier });
    expect(store.first('Referral', { ReferredPartyId: pier })).to.include({ ReferrerId: harbour });
    const own = await run('processB2bReferralEvent', { ...event, eventType: 'Refer', accountId: harbour });
    expect(own.errors[0]?.message).to.match(/^The member \w{8} cannot be their own friend\.$/);
    const lead = await run('processB2bReferralEvent', { ...event, eventType: 'Refer', leadId: '00Q000000000001' });
    expect(lead.errors[0]?.message).to.include('does not implement referrals of leads');
  });
});
