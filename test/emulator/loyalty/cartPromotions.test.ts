import { expect } from 'chai';
import { cartPromotionEndpoints } from '../../../src/contract/endpoints/cartPromotionEndpoints.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg } from './exampleProgram.js';

const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

type Row = Record<string, unknown>;

/** Two promotions with rewards for everybody, and others that are not for the cart of WX-1. */
async function openOrg(): Promise<ExampleOrg> {
  const org = await ExampleOrg.start({ clock });
  await org.withMembers('WX-1');
  const { stars } = org.program;
  const points = { TotalRewardPoints: 50, LoyaltyProgramCurrencyId: stars };
  const voucher = org.emulator.store.insert('VoucherDefinition', {
    ...{ Name: 'Five off', EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', Type: 'FixedValue' },
    ...{ FaceValue: 5, IsActive: true, ExpirationDate: '2026-12-31' },
  });
  org.addPromotion('Welcome back', {
    ...{ ...points, DefaultVoucherDefinitionId: voucher, PromotionCode: 'BACK', PriorityNumber: 2 },
    ...{ IsAutomatic: true, EndDate: '2026-03-31', Description: 'For you', TermsAndConditions: '<p>a & b</p>' },
  });
  const secret = org.addPromotion('Secret word', {
    ...{ DefaultVoucherDefinitionId: voucher, FulfillmentAction: 'IssueVoucher', ...points, PriorityNumber: 1 },
  });
  const coupon = { Name: 'c', PromotionId: secret, Status: 'Active' };
  org.emulator.store.insert('Coupon', { ...coupon, CouponCode: 'OLD', EndDateTime: '2026-03-01T00:00:00Z' });
  org.emulator.store.insert('Coupon', { ...coupon, CouponCode: 'SESAME', StartDateTime: '2026-03-02T00:00:00Z' });
  org.addPromotion('By hand', points);
  org.addPromotion('Over', { ...points, EndDate: '2026-03-09' });
  org.addPromotion('Members only', { ...points, IsEnrollmentRequired: true });
  org.addPromotion('For spending', { ...points, TransactionJournalType: 'Redemption' });
  org.addPromotion('Bring a friend', { ...points, PromotionCode: 'FRIEND', IsReferralPromotion: true });
  org.addPromotion('In the end', { ...points, LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 3 });
  org.addPromotion('Nothing to give');
  return org;
}

const cart = { membershipNumber: 'WX-1', currencyISOCode: 'USD', transactionAmount: '12.50' };

describe('promotions for a cart', () => {
  let org: ExampleOrg;

  before(async () => {
    org = await openOrg();
  });

  after(() => org[Symbol.asyncDispose]());

  const eligible = (details: Row | Row[], api = org.api): Promise<Answer> =>
    api.post('/global-promotions-management/eligible-promotions', { cart: { cartDetails: [details].flat() } });
  const execute = (details: Row): Promise<Answer> =>
    org.api.post('/global-promotions-management/promotion-execution', { cart: { cartDetails: [details] } });
  const names = async (details: Row): Promise<unknown[]> =>
    (await eligible(details)).body.eligiblePromotions.map((each: Row) => each['displayName']);

  it('are those that the member is eligible for and that give something, by priority', async () => {
    expect(await names(cart)).to.deep.equal(['Secret word', 'Welcome back', 'By hand']);
    expect(await names({ ...cart, activityStartDate: '2026-03-09T12:00:00Z' })).to.include('Over');
    expect(await names({ ...cart, activityStartDate: '2026-04-01T12:00:00Z' })).to.not.include('Welcome back');
    org.emulator.store.insert('LoyaltyProgramMbrPromotion', {
      LoyaltyProgramMemberId: await org.memberId('WX-1'),
      PromotionId: org.emulator.store.first('Promotion', { Name: 'Members only' })?.Id,
      IsEnrollmentActive: true,
    });
    expect(await names(cart)).to.include('Members only');
  });

  it('have the keys of real answers', async () => {
    const { status, body } = await eligible(cart);
    expect(status).to.equal(200);
    cartPromotionEndpoints.eligible.response.parse(body);
    const [secret, welcome] = body.eligiblePromotions;
    expect(welcome).to.deep.equal({
      ...{ additionalPromotionFields: {}, couponDetails: null, currencyIsoCode: 'USD', description: 'For you' },
      ...{ displayName: 'Welcome back', endDateTime: '2026-03-31T23:59:59.000Z', isAutomatic: true },
      ...{ priorityNumber: 2, promotionCode: 'BACK', promotionId: welcome.promotionId, promotionLimits: [] },
      startDateTime: '2020-01-01T00:00:00.000Z',
      termsAndCondition: '&lt;p&gt;a &amp; b&lt;/p&gt;',
      promotionEligibleRules: [
        {
          ruleName: 'Welcome back',
          rulePriority: 1,
          ruleRewards: [
            {
              rewardType: 'CreditFixedPoints',
              rewardDetails: { loyaltyProgramCurrencyName: 'Stars', points: '50.0' },
            },
            { rewardType: 'IssueVoucher', rewardDetails: { voucherDefinitionName: 'Five off' } },
          ],
        },
      ],
    });
    expect(secret.couponDetails).to.deep.equal({
      coupon: {
        ...{ couponCode: 'SESAME', endDateTime: null, startDateTime: '2026-03-02T00:00:00.000Z', status: 'Active' },
      },
      couponAvailabilityMessage: null,
    });
    expect(secret.promotionEligibleRules[0].ruleRewards.map((each: Row) => each['rewardType'])).to.deep.equal([
      'IssueVoucher',
    ]);
    const { body: older } = await eligible(cart, new RestClient(org.emulator, undefined, 'v62.0'));
    expect(older.eligiblePromotions[0]).to.not.have.property('isAutomatic');
  });

  it('says that no coupon, or more than one, can be used', async () => {
    const message = async (activityStartDate: string): Promise<unknown> => {
      const [first] = (await eligible({ ...cart, activityStartDate })).body.eligiblePromotions;
      return first.couponDetails.couponAvailabilityMessage;
    };
    expect(await message('2026-03-01T12:00:00Z')).to.equal('NoActiveCoupon');
    const PromotionId = org.emulator.store.first('Promotion', { Name: 'Secret word' })?.Id;
    const second = { Name: 'c', PromotionId, Status: 'Active', StartDateTime: '2026-03-20T00:00:00Z' };
    org.emulator.store.insert('Coupon', { ...second, CouponCode: 'SECOND' });
    expect(await message('2026-03-21T12:00:00Z')).to.equal('MultipleActiveCoupons');
  });

  it('take the member by Id or number, and refuse what they cannot know', async () => {
    const loyaltyProgramMemberId = await org.memberId('WX-1');
    expect(await names({ loyaltyProgramMemberId, currencyISOCode: 'USD' })).to.include('Welcome back');
    for (const [details, status, errorCode] of [
      [{ ...cart, membershipNumber: 'WX-9' }, 400, 'INVALID_API_INPUT'],
      [{ ...cart, currencyISOCode: '' }, 400, 'REQUIRED_FIELD_MISSING'],
      [{ currencyISOCode: 'USD' }, 400, 'REQUIRED_FIELD_MISSING'],
      [{ ...cart, activityStartDate: 'soon' }, 400, 'INVALID_API_INPUT'],
      [{ contactId: '003', currencyISOCode: 'USD' }, 501, 'NOT_IMPLEMENTED'],
    ] as const) {
      const { status: answered, body } = await eligible(details);
      expect([answered, body[0].errorCode], JSON.stringify(details)).to.deep.equal([status, errorCode]);
    }
    const ProgramId = org.emulator.store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    const ContactId = org.emulator.store.insert('Contact', { LastName: 'Okafor' });
    const twin = {
      MembershipNumber: 'WX-1',
      ProgramId,
      ContactId,
      EnrollmentDate: '2026-01-01',
      MemberStatus: 'Active',
    };
    const id = org.emulator.store.insert('LoyaltyProgramMember', twin);
    const both = await eligible(cart);
    org.emulator.store.delete('LoyaltyProgramMember', id);
    expect(both.body[0].message).to.include('loyaltyProgramMemberId');
  });

  it('are executed: automatic ones, and those whose coupon is in the cart, without a change of prices', async () => {
    const lines = [
      { cartLineItemId: 'a', cartLineProduct: 'Cake', cartLineItemQuantity: 2, cartLineItemAmount: '10.10' },
      { cartLineItemId: 'b', cartLineItemQuantity: '1', cartLineItemAmount: 5.2 },
    ];
    const details = { ...cart, cartHeaderId__std: 'cart-1', cartLineDetails: lines };
    const { status, body } = await execute(details);
    expect(status).to.equal(200);
    cartPromotionEndpoints.execute.response.parse(body);
    const [priced] = body.cart.cartDetails;
    expect(priced).to.include({ cartHeaderId: 'cart-1', initialCartAmount: 15.3, adjustedCartAmount: 15.3 });
    expect(priced.cartLineDetails[0]).to.include({ cartLineItemId: 'a', cartLineItemAmountAfterDiscount: 10.1 });
    const [applied, ...others] = priced.appliedCartPromotionDetails;
    expect(others).to.deep.equal([]);
    expect(applied).to.deep.include({ displayName: 'Welcome back', isAutomatic: true, cartLevelDiscountAmount: 0 });
    expect(applied.nonPricingRewards.fixedPointsRewards).to.deep.equal([
      { loyaltyProgramCurrencyName: 'Stars', loyaltyProgramCurrencyId: org.program.stars, points: 50 },
    ]);
    expect(applied.nonPricingRewards.voucherRewards[0]).to.include({ voucherDefinitionName: 'Five off' });
    const coupon = { cartPromotionAdditionalInformation__std: [{ cartCouponCode__std: 'SESAME' }] };
    const { body: withCoupon } = await execute({ ...details, ...coupon });
    const [secret] = withCoupon.cart.cartDetails[0].appliedCartPromotionDetails;
    expect(secret).to.include({ displayName: 'Secret word', couponCode: 'SESAME', isAutomatic: false });
    const nameless = await execute(cart);
    expect([nameless.status, nameless.body[0].errorCode]).to.deep.equal([400, 'REQUIRED_FIELD_MISSING']);
  });

  it('are executed for a cart without lines by its amount', async () => {
    const { body } = await execute({ ...cart, cartHeaderId__std: 'cart-2' });
    expect(body.cart.cartDetails[0]).to.include({ initialCartAmount: 12.5, adjustedCartAmount: 12.5 });
  });
});
