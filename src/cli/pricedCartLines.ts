import { Messages } from '@salesforce/core';
import type { CartInput, PricedCart } from '../client/index.js';
import { cartOwner } from './cartFile.js';
import type { ExecuteCartResult } from './results/cartResults.js';
import { pointsText } from './rewardLines.js';
import { enumWords } from './terminal/enumWords.js';
import { numberColumn } from './terminal/tableLayout.js';
import { countText, wrapped } from './terminal/terminalText.js';
import type { SectionTable } from './voucherTable.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.execute.cart');

type CartRecord = ExecuteCartResult['records'][number];
type CartPromotion = CartRecord['promotions'][number];
type AppliedPromotion = NonNullable<PricedCart['appliedCartPromotionDetails']>[number];

/** A cart with its prices, as `--json` has it. @param priced undefined if the answer does not have the cart */
export function pricedRecord(given: CartInput['cartDetails'][number], priced: PricedCart | undefined): CartRecord {
  const currency = given['currencyISOCode'];
  return {
    key: String(given['cartHeaderId__std']),
    status: priced ? 'priced' : 'missing',
    member: cartOwner(given),
    currencyIsoCode: typeof currency === 'string' ? currency : null,
    before: priced?.initialCartAmount ?? null,
    after: priced?.adjustedCartAmount ?? null,
    discount: priced?.totalDiscountAmount ?? null,
    cartDiscount: priced?.totalCartLevelDiscountAmount ?? null,
    lineDiscount: priced?.totalLineLevelDiscountAmount ?? null,
    lines: (priced?.cartLineDetails ?? []).map((line) => ({
      key: line.cartLineItemId ?? null,
      product: line.cartLineProduct ?? null,
      quantity: line.cartLineItemQuantity ?? null,
      before: line.cartLineItemAmountBeforeDiscount ?? null,
      discount: line.totalCartLineItemDiscountAmount ?? null,
      after: line.cartLineItemAmountAfterDiscount ?? null,
    })),
    promotions: (priced?.appliedCartPromotionDetails ?? []).map(cartPromotion),
  };
}

function cartPromotion(applied: AppliedPromotion): CartPromotion {
  const { fixedPointsRewards, voucherRewards, ...others } = applied.nonPricingRewards ?? {};
  return {
    key: applied.promotionId,
    name: applied.displayName ?? null,
    automatic: applied.isAutomatic ?? null,
    coupon: applied.couponCode ?? null,
    discount: applied.cartLevelDiscountAmount ?? null,
    points: (fixedPointsRewards ?? []).map(({ loyaltyProgramCurrencyName, points }) => ({
      currency: loyaltyProgramCurrencyName ?? null,
      points: points ?? null,
    })),
    vouchers: (voucherRewards ?? []).map(({ voucherDefinitionName }) => voucherDefinitionName ?? null),
    otherRewards: Object.entries(others).flatMap(([type, list]) =>
      Array.isArray(list) && list.length > 0 ? [{ type, count: list.length }] : [],
    ),
  };
}

/** `Cart cart-1 of HR-100001: 15.3 USD, 2 off, to pay 13.3 USD` in words. */
export function cartTitle({ key, member, status, before, after, discount, currencyIsoCode }: CartRecord): string {
  if (status === 'missing') return messages.getMessage('info.missing', [key]);
  const money = (value: number | null): string =>
    currencyIsoCode === null ? countText(value) : `${countText(value)} ${currencyIsoCode}`;
  if (!discount) return messages.getMessage('info.noDiscount', [key, member, money(after)]);
  return messages.getMessage('info.discount', [key, member, money(before), money(discount), money(after)]);
}

export function linesTable({ lines }: CartRecord): SectionTable {
  const amounts = ['quantity', 'before', 'discount', 'after'].map(numberColumn);
  return {
    columns: ['line', 'product', ...amounts],
    data: lines.map(({ key, product, quantity, before, discount, after }, index) => ({
      line: key ?? countText(index + 1),
      product: product ?? '–',
      quantity: countText(quantity),
      before: countText(before),
      discount: countText(discount),
      after: countText(after),
    })),
  };
}

/** The promotions that were applied, and what each gives. */
export function promotionLines({ promotions }: CartRecord): string[] {
  if (promotions.length === 0) return [messages.getMessage('info.noPromotion')];
  return [messages.getMessage('info.applied'), ...promotions.flatMap(appliedLines)];
}

function appliedLines({ key, name, coupon, discount, points, vouchers, otherRewards }: CartPromotion): string[] {
  const title = name ?? key;
  const rewards = [
    ...(discount ? [messages.getMessage('info.cartDiscount', [countText(discount)])] : []),
    ...points.map((each) => pointsText(each.points ?? 0, each.currency ?? messages.getMessage('word.points'))),
    ...vouchers.map((definition) => messages.getMessage('info.voucher', [definition ?? '']).trimEnd()),
    ...otherRewards.map(({ type, count }) => `${enumWords(type)}: ${countText(count)}`),
  ];
  return [
    ...wrapped(coupon === null ? title : messages.getMessage('info.withCoupon', [title, coupon]), '  '),
    ...rewards.flatMap((line) => wrapped(line, '    ')),
  ];
}
