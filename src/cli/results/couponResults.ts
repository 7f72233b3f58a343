import { z } from 'zod';
import { keyedRecords } from './recordShapes.js';

const count = z.number().nullable();

export const couponActions = ['redeem', 'reinstate'] as const;

export const RedeemCouponResult = keyedRecords({
  action: z.enum(couponActions),
  /** Id of the member, the contact or the account. */
  customerId: z.string(),
  /** Membership number. Null for a contact or an account. */
  member: z.string().nullable(),
  transaction: z.string(),
  /** In the order of the flags. Null where it is not known, or the org refused all. */
  coupons: z
    .array(
      z.object({
        code: z.string(),
        /** Whether the use was counted, or taken back. */
        counted: z.boolean(),
        /** How often it can still be used, by all and by the customer. Null without a limit, and where the org did not tell. */
        remaining: count,
        remainingForCustomer: count,
        /** Why it was not counted. */
        reason: z.string().nullable(),
      }),
    )
    .nullable(),
});
export type RedeemCouponResult = z.infer<typeof RedeemCouponResult>;
