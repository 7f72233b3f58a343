import { doubleText } from '../../platform/bulk/csv/doubleText.js';
import { customFieldsOf, textOrNull } from '../rowValues.js';
import type { Cart } from './cartMember.js';
import type { PromotionOffer } from './promotionOffers.js';

const automaticSince = 63;

/** A row of the answer, with the keys of real ones. Keys without a value are null, as in the vendor's sample. */
export function eligibleRow(offer: PromotionOffer, cart: Cart, version: number): Record<string, unknown> {
  const { promotion } = offer;
  const name = textOrNull(promotion, 'Name');
  return {
    additionalPromotionFields: customFieldsOf(promotion),
    couponDetails: couponDetails(offer),
    currencyIsoCode: textOrNull(promotion, 'CurrencyIsoCode') ?? cart['currencyISOCode'],
    description: textOrNull(promotion, 'Description'),
    displayName: textOrNull(promotion, 'DisplayName') ?? name,
    endDateTime: instantOf(offer, 'End'),
    ...(version >= automaticSince && { isAutomatic: promotion['IsAutomatic'] === true }),
    priorityNumber: promotion['PriorityNumber'],
    promotionCode: textOrNull(promotion, 'PromotionCode'),
    promotionEligibleRules: [{ ruleName: name, rulePriority: 1, ruleRewards: ruleRewards(offer) }],
    promotionId: promotion.Id,
    promotionLimits: [],
    startDateTime: instantOf(offer, 'Start'),
    termsAndCondition: escaped(textOrNull(promotion, 'TermsAndConditions')),
  };
}

/** Numbers are texts. */
function ruleRewards({ currency, points, voucher }: PromotionOffer) {
  const details = { loyaltyProgramCurrencyName: textOrNull(currency, 'Name'), points: doubleText(points) };
  return [
    ...(points > 0 ? [{ rewardType: 'CreditFixedPoints', rewardDetails: details }] : []),
    ...(voucher
      ? [{ rewardType: 'IssueVoucher', rewardDetails: { voucherDefinitionName: textOrNull(voucher, 'Name') } }]
      : []),
  ];
}

function couponDetails({ coupons, needsCoupon }: PromotionOffer) {
  if (!needsCoupon) return null;
  const [coupon, ...others] = coupons;
  if (!coupon) return { coupon: null, couponAvailabilityMessage: 'NoActiveCoupon' };
  if (others.length > 0) return { coupon: null, couponAvailabilityMessage: 'MultipleActiveCoupons' };
  return {
    coupon: {
      couponCode: textOrNull(coupon, 'CouponCode'),
      endDateTime: textOrNull(coupon, 'EndDateTime'),
      startDateTime: textOrNull(coupon, 'StartDateTime'),
      status: textOrNull(coupon, 'Status'),
    },
    couponAvailabilityMessage: null,
  };
}

/** Without a time, the day begins or ends in UTC. */
function instantOf({ promotion }: PromotionOffer, end: 'Start' | 'End'): string | null {
  const day = textOrNull(promotion, `${end}Date`);
  const time = end === 'Start' ? '00:00:00.000Z' : '23:59:59.000Z';
  return textOrNull(promotion, `${end}DateTime`) ?? (day === null ? null : `${day}T${time}`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string | null): string | null {
  return text?.replace(/[&<>"]/g, (character) => entities[character] ?? character) ?? null;
}
