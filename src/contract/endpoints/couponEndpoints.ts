import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/** Guide: "Coupon Usage Input". */
const CouponUsageRequest = z.object({
  couponCodeList: z.array(z.string()).min(1),
  /** ISO 8601: when the customer used the coupons. */
  activityDateTime: z.string(),
  /** Identifies the cart. A decrease names the same one as the increase that it takes back. */
  externalTransactionNumber: z.string(),
  /** Id of a contact, an account or a loyalty program member. */
  customerId: z.string(),
});
export type CouponUsageRequest = z.infer<typeof CouponUsageRequest>;

const text = z.string().nullish();
const count = z.number().nullish();

/** What became of one coupon. Keys without a value are left out, so a coupon without a limit has no count of it. */
const CouponUsageResult = z.looseObject({
  couponCode: text,
  errorMessage: text,
  isSuccess: z.boolean(),
  redemptionLimit: count,
  redemptionLimitPerCustomer: count,
  remainingRedemptionCount: count,
  remainingRedemptionCountForCustomer: count,
});
export type CouponUsageResult = z.infer<typeof CouponUsageResult>;

/** The guide's table has the list under a key, its sample is the bare list. */
const CouponUsageResponse = z.union([
  z.looseObject({ couponUsageResultList: z.array(CouponUsageResult) }),
  z.array(CouponUsageResult),
]);

const shapes = { since: 63, request: CouponUsageRequest, response: CouponUsageResponse };

/** How often coupons were used, counted without a journal. Each coupon succeeds or fails by itself. */
export const couponEndpoints = {
  increase: endpoint({
    method: 'POST',
    path: '/global-promotions-management/coupons/usage-increase',
    guide: 'Coupon Usage Increase',
    ...shapes,
  }),
  decrease: endpoint({
    method: 'POST',
    path: '/global-promotions-management/coupons/usage-decrease',
    guide: 'Coupon Usage Decrease',
    ...shapes,
  }),
};
