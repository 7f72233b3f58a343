import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide and as clients have seen them. */
describe('requests of Global Promotions Management', () => {
  const { cartPromotions } = clientOnTheWire();
  const root = '/services/data/v66.0';

  const answering = (path: string, body: nock.RequestBodyMatcher, answer: nock.Body) =>
    nock(origin, { reqheaders: { 'content-type': 'application/json' } })
      .post(`${root}${path}`, body)
      .reply(200, answer, contentType);

  const cart = {
    cartDetails: [
      {
        activityStartDate: '2026-03-01T10:00:00Z',
        membershipNumber: 'WX-20417',
        currencyISOCode: 'USD',
        transactionAmount: 110,
        cartLineDetails: [{ cartLineProduct: 'Burger', cartLineItemQuantity: 1, cartLineItemAmount: 100 }],
      },
    ],
  };
  const eligible = '/global-promotions-management/eligible-promotions';

  it('eligible promotions, as in the sample of the vendor', async () => {
    const promotion = {
      additionalPromotionFields: {},
      couponDetails: {
        coupon: { couponCode: 'COUPON_002', endDateTime: null, startDateTime: null, status: 'Active' },
        couponAvailabilityMessage: null,
      },
      currencyIsoCode: 'USD',
      displayName: 'Ten percent off',
      endDateTime: null,
      isAutomatic: false,
      priorityNumber: null,
      promotionCode: null,
      promotionEligibleRules: [
        {
          ruleName: 'Rule001',
          rulePriority: 1,
          ruleRewards: [{ rewardType: 'ProvideDiscount', rewardDetails: { discountValue: '10.0' } }],
        },
      ],
      promotionId: '0c8Ab0000000001AAA',
      promotionLimits: [],
    };
    answering(`${eligible}?ruleLibraryApiName=Our_Rules`, { cart }, { eligiblePromotions: [promotion] });
    expect(await cartPromotions.eligible(cart, { ruleLibraryApiName: 'Our_Rules' })).to.deep.equal([promotion]);
  });

  it("eligible promotions under the keys of the guide's sample are read into those of real answers", async () => {
    const promotion = {
      id: '0c8Ab0000000001AAA',
      priority: 2,
      limits: [],
      rules: [{ ruleName: 'R', benefits: [{ rewardType: 'IssueVoucher' }] }],
      couponDetails: { coupon: null, couponAvailablityMessage: 'NoActiveCoupon' },
      displayName: 'Welcome',
    };
    answering(eligible, { cart }, { promotions: [promotion] });
    expect(await cartPromotions.eligible(cart)).to.deep.equal([
      {
        promotionId: '0c8Ab0000000001AAA',
        priorityNumber: 2,
        promotionLimits: [],
        promotionEligibleRules: [{ ruleName: 'R', ruleRewards: [{ rewardType: 'IssueVoucher' }] }],
        couponDetails: { coupon: null, couponAvailabilityMessage: 'NoActiveCoupon' },
        displayName: 'Welcome',
      },
    ]);
  });

  it('an answer with neither key, or a promotion without an Id, is not accepted', async () => {
    for (const answer of [{ result: [] }, { eligiblePromotions: [{ displayName: 'x' }] }]) {
      answering(eligible, { cart }, answer);
      const error = await failureOf(cartPromotions.eligible(cart));
      expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable', isRead: true });
    }
  });

  it('the execution of promotions: with and without the wrapper', async () => {
    const priced = {
      adjustedCartAmount: 69.5,
      appliedCartPromotionDetails: [
        {
          promotionId: '0c8Ab0000000001AAA',
          isAutomatic: true,
          nonPricingRewards: { fixedPointsRewards: [{ loyaltyProgramCurrencyName: 'Stars', points: 100 }] },
        },
      ],
      cartHeaderId: 'cart-1',
      cartLineDetails: [],
      initialCartAmount: 110,
      totalDiscountAmount: 40.5,
    };
    const path = '/global-promotions-management/promotion-execution';
    for (const answer of [{ cart: { cartDetails: [priced] } }, { cartDetails: [priced] }]) {
      answering(path, { cart }, answer);
      expect(await cartPromotions.execute(cart)).to.deep.equal([priced]);
    }
  });

  const reward = '/global-promotions-management/promotion-reward';
  const journal = {
    ActivityDate: '2026-03-01T10:00:00Z',
    JournalTypeId: '0lEAb0000000001AAA',
    appliedPromotions: [
      {
        promotionId: '0c8Ab0000000001AAA',
        promotionCode: 'GET10OFF',
        couponCode: 'COUPON100',
        rewards: [{ rewardType: 'ProvideDiscount', discountAmount: 15 }],
      },
    ],
  };
  const result = {
    id: '0lVAb0000000001',
    discountsAppliedList: [{ discountType: 'ProvideDiscount', discountAmount: 15 }],
    gamesAssignedList: [],
    voucherIssuedList: [{ voucherCode: 'SALE-4F8G', voucherId: '0kDAb0000000001', faceValue: 100 }],
  };

  it('the application of rewards', async () => {
    const body = {
      journalCreationMode: 'CreateTransactionJournal',
      shouldCheckCouponUsageLimit: true,
      transactionJournalList: [journal],
    };
    answering(reward, body, { transactionJournalList: [result] });
    const options = { journalCreationMode: 'CreateTransactionJournal', shouldCheckCouponUsageLimit: true };
    expect(await cartPromotions.applyRewards([journal], options)).to.deep.equal([result]);
  });

  it('an answer for fewer journals than were sent says nothing about any', async () => {
    answering(reward, { transactionJournalList: [journal, journal] }, { transactionJournalList: [result] });
    const error = await failureOf(cartPromotions.applyRewards([journal, journal]));
    expect(error).to.include({ kind: 'unreadable', mayHaveHappened: true, isRead: false });
    expect((error as Error).message).to.include('1 result to 2 journals');
  });

  it('journals in real time with applied promotions', async () => {
    const path = '/connect/realtime/loyalty/programs/Harbour%20Rewards';
    const rewards = [{ rewardType: 'Points', loyaltyProgramCurrencyName: 'Stars', points: 5 }];
    const given = { ...journal, appliedPromotions: [{ promotionId: '0c8Ab0000000001AAA', rewards }] };
    const body = { shouldCheckCouponUsageLimit: true, transactionJournals: [given] };
    const answer = { status: true, processResult: { transactionJournalResult: [{ id: '0lV' }] } };
    answering(path, body, answer);
    const options = { shouldCheckCouponUsageLimit: true };
    expect(await cartPromotions.executeJournals('Harbour Rewards', [given], options)).to.deep.equal(answer);
    answering(path, { transactionJournals: [given] }, { status: false, message: 'Used up' });
    const error = await failureOf(cartPromotions.executeJournals('Harbour Rewards', [given]));
    expect(error).to.include({ name: 'LoyaltyProcessError', message: 'Used up' });
  });
});
