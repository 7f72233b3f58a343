import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';

/** By whom and for what coupons are used. */
export interface CountedUse {
  /** Id of the member, or of whoever else is the customer. */
  readonly buyer: string;
  /** Id of the journal, or number of the cart. */
  readonly transaction: string;
}

/** Counts the use of each coupon. @throws {ProcessFailure} for one that is unknown or used up, by all or by the member */
export function useCoupons(writing: WriteContext, applied: readonly AppliedPromotion[], use: CountedUse): void {
  for (const { couponCode } of applied) {
    if (!couponCode) continue;
    const coupon = writing.store.first('Coupon', { CouponCode: couponCode, Status: 'Active' });
    if (!coupon) throw new ProcessFailure(`There is no active coupon ${couponCode}.`);
    useCoupon(writing, coupon, use);
  }
}

/** Counts one use of the coupon. @throws {ProcessFailure} if it is used up, by all or by the buyer */
export function useCoupon({ store, userId }: WriteContext, coupon: SObjectRow, use: CountedUse): void {
  const { all, own } = remainingUses(store, coupon, use.buyer);
  if (all === 0 || own === 0) throw new ProcessFailure(`The coupon ${String(coupon['CouponCode'])} is used up.`);
  const values = { Name: coupon['CouponCode'], CouponId: coupon.Id, Buyer: use.buyer, Transaction: use.transaction };
  store.insert('CouponCodeRedemption', values, { as: 'org', userId });
}

/**
 * Takes one use of a coupon back. @returns the coupon among those of the same code that was used
 *
 * @throws {ProcessFailure} if the buyer has used none of them for this transaction
 */
export function releaseCoupon(
  { store, userId }: WriteContext,
  coupons: readonly SObjectRow[],
  { buyer, transaction }: CountedUse,
): SObjectRow {
  const names = [transaction, to18(transaction)];
  for (const coupon of coupons) {
    const uses = store.find('CouponCodeRedemption', { CouponId: coupon.Id, Buyer: buyer });
    const used = uses.find((each) => names.includes(String(each['Transaction'])));
    if (!used) continue;
    store.delete('CouponCodeRedemption', used.Id, { as: 'org', userId });
    return coupon;
  }
  throw new ProcessFailure(`This customer has not used the coupon for the transaction ${transaction}.`);
}

/** How often a coupon can still be used, by all and by the buyer. Undefined where there is no limit. */
interface RemainingUses {
  readonly all: number | undefined;
  readonly own: number | undefined;
}

export function remainingUses(store: Store, coupon: SObjectRow, buyer: string): RemainingUses {
  const uses = store.find('CouponCodeRedemption', { CouponId: coupon.Id });
  const own = uses.filter((each) => each['Buyer'] === buyer);
  const left = (limit: string, count: number): number | undefined =>
    coupon[limit] === null ? undefined : Math.max(0, numberOf(coupon, limit) - count);
  return { all: left('RedemptionLimitAllBuyers', uses.length), own: left('RedemptionLimitPerBuyer', own.length) };
}
