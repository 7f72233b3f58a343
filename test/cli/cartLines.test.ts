import { expect } from 'chai';
import { eligibleLines, eligibleRecord } from '../../src/cli/eligibleCart.js';
import { cartTitle, pricedRecord, promotionLines } from '../../src/cli/pricedCartLines.js';

type Promotion = Parameters<typeof eligibleRecord>[0];

const shown = (promotion: Partial<Promotion>): string[] =>
  eligibleLines(eligibleRecord({ promotionId: '0c8', displayName: 'Spring', ...promotion }));
const giving = (rewardType: string | null, rewardDetails: Record<string, unknown> | null): string[] =>
  shown({ promotionEligibleRules: [{ ruleRewards: [{ rewardType, rewardDetails }] }] }).slice(1);

describe('lines of an eligible promotion', () => {
  for (const [what, details, line] of [
    [
      'of the cart in percent',
      { discountType: 'PercentageOff', discountValue: '10.0', discountLevel: 'Cart' },
      '10 % off the cart',
    ],
    [
      'of lines by an amount',
      { discountType: 'AmountOff', discountValue: '2.5', discountLevel: 'Line', discountCategory: 'Cakes' },
      '2.5 off each line: Cakes',
    ],
    [
      'of a kind whose meaning is not published',
      { discountType: 'FixedAmountOff', discountValue: '5', discountProduct: null },
      'provide discount: discountType FixedAmountOff, discountValue 5',
    ],
  ] as const) {
    it(`say a discount ${what}`, () => {
      expect(giving('ProvideDiscount', details)).to.deep.equal([`    ${line}`]);
    });
  }

  it('say what other rewards are, as far as the org tells', () => {
    expect(giving('AssignBadge', { badgeName: 'Regular', level: 2 })).to.deep.equal([
      '    assign badge: badgeName Regular, level 2',
    ]);
    expect(giving('CreditFixedPoints', { points: 'many' })).to.deep.equal(['    credit fixed points: points many']);
    expect(giving(null, null)).to.deep.equal(['    –']);
    expect(shown({ promotionEligibleRules: null }).slice(1)).to.deep.equal(['    nothing']);
  });

  for (const [message, words] of [
    ['NoActiveCoupon', 'needs a coupon, and has none that can be used'],
    ['NoActiveCoupons', 'needs a coupon, and has none that can be used'],
    ['MultipleActiveCoupons', 'with one of several coupons'],
    ['SingleActiveLimitReached', 'the coupon is used up'],
    ['SingleActiveCouponLimitReached', 'the coupon is used up'],
    ['CouponOnHold', 'needs a coupon: coupon on hold'],
  ] as const) {
    it(`say why there is no coupon: ${message}`, () => {
      const couponDetails = { coupon: null, couponAvailabilityMessage: message };
      expect(shown({ couponDetails, isAutomatic: true })[0]).to.equal(`  Spring (${words})`);
    });
  }

  it('say whether it is automatic only if the org does', () => {
    expect(shown({ isAutomatic: false })[0]).to.equal('  Spring (not automatic)');
    expect(shown({})[0]).to.equal('  Spring');
  });
});

describe('lines of a priced cart', () => {
  const given = { cartHeaderId__std: 'c1', contactEmail: 'ines@example.com' };

  it('do not take the prices of a cart that is not in the answer from elsewhere', () => {
    const record = pricedRecord(given, undefined);
    expect(record).to.include({ status: 'missing', member: 'ines@example.com', before: null, after: null });
    expect(cartTitle(record)).to.equal('The answer of the org does not have the cart c1.');
  });

  it('name the coupon, and rewards of every kind', () => {
    const nonPricingRewards = { gameRewards: [{ id: 1 }], badgeRewards: [], fixedPointsRewards: [{ points: 5 }] };
    const applied = { promotionId: '0c8', couponCode: 'SPRING', cartLevelDiscountAmount: 2, nonPricingRewards };
    const record = pricedRecord(given, { adjustedCartAmount: 8, appliedCartPromotionDetails: [applied] });
    expect(cartTitle(record)).to.equal('Cart c1 of ines@example.com: 8, without a discount.');
    expect(promotionLines(record)).to.deep.equal([
      'Applied promotions:',
      '  0c8 (coupon SPRING)',
      '    2 off the cart',
      '    +5 points',
      '    game rewards: 1',
    ]);
    expect(promotionLines(pricedRecord(given, {}))).to.deep.equal(['No promotion was applied.']);
  });
});
