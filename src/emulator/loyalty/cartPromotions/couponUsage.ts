import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';

interface CouponUse {
  /** Id of the member. */
  readonly buyer: string;
  /** Id of the journal. */
  readonly transaction: string;
}

/** Counts the use of each coupon. @throws {ProcessFailure} for one that is unknown or used up, by all or by the member */
export function useCoupons(writing: WriteContext, applied: readonly AppliedPromotion[], use: CouponUse): void {
  const { store, userId } = writing;
  for (const { couponCode } of applied) {
    if (!couponCode) continue;
    const coupon = store.first('Coupon', { CouponCode: couponCode, Status: 'Active' });
    if (!coupon) throw new ProcessFailure(`There is no active coupon ${couponCode}.`);
    requireLeft(store, coupon, use.buyer);
    const values = { Name: couponCode, CouponId: coupon.Id, Buyer: use.buyer, Transaction: use.transaction };
    store.insert('CouponCodeRedemption', values, { as: 'org', userId });
  }
}

function requireLeft(store: Store, coupon: SObjectRow, buyer: string): void {
  const uses = store.find('CouponCodeRedemption', { CouponId: coupon.Id });
  const own = uses.filter((each) => each['Buyer'] === buyer);
  const isUsedUp = (limit: string, count: number): boolean =>
    coupon[limit] !== null && count >= numberOf(coupon, limit);
  if (isUsedUp('RedemptionLimitAllBuyers', uses.length) || isUsedUp('RedemptionLimitPerBuyer', own.length)) {
    throw new ProcessFailure(`The coupon ${String(coupon['CouponCode'])} is used up.`);
  }
}
