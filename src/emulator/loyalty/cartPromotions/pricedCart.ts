import { decimalOf, readDecimal } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import { isJsonObject } from '../../../base/jsonObject.js';
import type { PricedCart } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { isId } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import { textOrNull } from '../rowValues.js';
import type { Cart } from './cartMember.js';
import type { PromotionOffer } from './promotionOffers.js';

/**
 * Guide: "Cart Details". No promotion of this org changes a price, because its data know no discounts: carts and lines
 * cost afterwards what they cost before.
 */
export function pricedCart(store: Store, cart: Cart, offers: readonly PromotionOffer[]): PricedCart {
  const lines = recordsOf(cart['cartLineDetails']);
  const sum = lines.reduce((total, line) => total.plus(amountOf(line['cartLineItemAmount'])), decimalOf(0));
  const amount = (lines.length > 0 ? sum : amountOf(cart['transactionAmount'])).toNumber();
  const codes = couponCodes(cart, lines);
  const applied = offers.filter((offer) => isApplied(offer, codes));
  return {
    adjustedCartAmount: amount,
    appliedCartPromotionDetails: applied.map((offer) => appliedPromotion(offer, amount, codes)),
    cartHeaderId: String(cart['cartHeaderId__std']),
    cartLineDetails: lines.map((line) => pricedLine(store, line)),
    initialCartAmount: amount,
    totalCartLevelDiscountAmount: 0,
    totalDiscountAmount: 0,
    totalLineLevelDiscountAmount: 0,
  };
}

/** An automatic promotion is, and any other with one of its coupons. */
function isApplied({ promotion, coupons, needsCoupon }: PromotionOffer, codes: ReadonlySet<string>): boolean {
  if (!needsCoupon) return promotion['IsAutomatic'] === true;
  return coupons.some((coupon) => codes.has(String(coupon['CouponCode'])));
}

function appliedPromotion(offer: PromotionOffer, amount: number, codes: ReadonlySet<string>) {
  const { promotion, currency, points, voucher } = offer;
  const code = offer.coupons.map((coupon) => String(coupon['CouponCode'])).find((each) => codes.has(each));
  const pointsReward = {
    loyaltyProgramCurrencyName: textOrNull(currency, 'Name'),
    loyaltyProgramCurrencyId: currency?.Id,
    points,
  };
  return {
    cartAmountAfterDiscount: amount,
    cartAmountBeforeDiscount: amount,
    cartLevelDiscountAmount: 0,
    ...(code !== undefined && { couponCode: code }),
    displayName: textOrNull(promotion, 'DisplayName') ?? textOrNull(promotion, 'Name'),
    isAutomatic: promotion['IsAutomatic'] === true,
    nonPricingRewards: {
      ...(points > 0 && { fixedPointsRewards: [pointsReward] }),
      ...(voucher && {
        voucherRewards: [{ voucherDefinitionId: voucher.Id, voucherDefinitionName: textOrNull(voucher, 'Name') }],
      }),
    },
    promotionId: promotion.Id,
  };
}

function pricedLine(store: Store, line: Cart) {
  const amount = amountOf(line['cartLineItemAmount']).toNumber();
  const { cartLineProductId: productId, cartLineProduct: name, cartLineItemId: id } = line;
  const product = typeof productId === 'string' && isId(productId) ? store.get('Product2', productId) : undefined;
  return {
    appliedCartLinePromotionDetails: [],
    cartLineItemAmountAfterDiscount: amount,
    cartLineItemAmountBeforeDiscount: amount,
    cartLineItemId: typeof id === 'string' ? id : null,
    cartLineItemQuantity: amountOf(line['cartLineItemQuantity']).toNumber(),
    cartLineProduct: typeof name === 'string' ? name : textOrNull(product, 'Name'),
    totalCartLineItemDiscountAmount: 0,
    totalCartLinePromotionsDiscountAmount: 0,
    totalCartPromotionsDistributedDiscountAmount: 0,
  };
}

function couponCodes(cart: Cart, lines: readonly Cart[]): ReadonlySet<string> {
  const ofCart = recordsOf(cart['cartPromotionAdditionalInformation__std']).map((each) => each['cartCouponCode__std']);
  const ofLines = lines
    .flatMap((line) => recordsOf(line['cartLinePromotionAdditionalInformation__std']))
    .map((each) => each['cartLineCouponCode__std']);
  return new Set([...ofCart, ...ofLines].filter((code) => typeof code === 'string'));
}

function recordsOf(value: unknown): Cart[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Sent as a number or as text; zero for anything else. */
function amountOf(given: unknown): Decimal {
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
  return readDecimal(text) ?? decimalOf(0);
}
