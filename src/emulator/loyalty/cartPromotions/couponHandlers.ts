import { definedValues } from '../../../base/definedValues.js';
import { couponEndpoints } from '../../../contract/endpoints/couponEndpoints.js';
import type { CouponUsageRequest, CouponUsageResult } from '../../../contract/endpoints/couponEndpoints.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { isCustomer } from '../customers.js';
import { givenInstant } from '../givenInstant.js';
import { invalidInput } from '../invalidInput.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import { serve } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { releaseCoupon, remainingUses, useCoupon } from './couponUsage.js';
import type { CountedUse } from './couponUsage.js';
import { isUsable } from './promotionOffers.js';

/** What happens to one coupon. @throws {ProcessFailure} before anything is stored */
type CouponChange = (writing: WriteContext, coupons: readonly SObjectRow[], use: CountedUse) => SObjectRow;

const increase = serve(couponEndpoints.increase, (loyalty, { body, writing }) => {
  const instant = givenInstant(loyalty, 'activityDateTime', body.activityDateTime);
  return changed(body, writing, (_, coupons, use) => {
    const coupon = coupons.find((each) => isUsable(each, instant));
    if (!coupon) throw new ProcessFailure(`There is no active coupon ${String(coupons[0]?.['CouponCode'])}.`);
    useCoupon(writing, coupon, use);
    return coupon;
  });
});

/** A coupon that is no longer active can be given back, too. */
const decrease = serve(couponEndpoints.decrease, (loyalty, { body, writing }) => {
  givenInstant(loyalty, 'activityDateTime', body.activityDateTime);
  return changed(body, writing, releaseCoupon);
});

export const couponHandlers = [increase, decrease];

function changed(body: CouponUsageRequest, writing: WriteContext, change: CouponChange) {
  const { couponCodeList: codes, customerId, externalTransactionNumber: transaction } = body;
  if (!isCustomer(writing.store, customerId)) {
    throw invalidInput(`No member, contact or account has the customerId ${customerId}.`);
  }
  const use = { buyer: to18(customerId), transaction };
  return { couponUsageResultList: codes.map((code) => resultOf(writing, code, { use, change })) };
}

interface Step {
  readonly use: CountedUse;
  readonly change: CouponChange;
}

/** One that fails leaves the others as they are. */
function resultOf(writing: WriteContext, couponCode: string, { use, change }: Step): CouponUsageResult {
  try {
    const coupons = writing.store.find('Coupon', { CouponCode: couponCode });
    if (coupons.length === 0) throw new ProcessFailure("Coupon code doesn't exist.");
    return { couponCode, isSuccess: true, ...limitsOf(writing, change(writing, coupons, use), use) };
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    return { couponCode, errorMessage: error.message, isSuccess: false };
  }
}

function limitsOf({ store }: WriteContext, coupon: SObjectRow, { buyer }: CountedUse): Partial<CouponUsageResult> {
  const { all, own } = remainingUses(store, coupon, buyer);
  const limit = (field: string, left: number | undefined): number | undefined =>
    left === undefined ? undefined : numberOf(coupon, field);
  return definedValues({
    redemptionLimit: limit('RedemptionLimitAllBuyers', all),
    redemptionLimitPerCustomer: limit('RedemptionLimitPerBuyer', own),
    remainingRedemptionCount: all,
    remainingRedemptionCountForCustomer: own,
  });
}
