import { z } from 'zod';
import { countsOf, keyedRecords, listed } from './recordShapes.js';

const text = z.string().nullable();
const amount = z.number().nullable();

const ofVoucher = { member: z.string(), voucherId: text, code: text, number: text };

export const IssueVoucherResult = keyedRecords({
  ...ofVoucher,
  definition: z.string(),
  faceValue: amount,
  expirationDate: text,
});
export type IssueVoucherResult = z.infer<typeof IssueVoucherResult>;

export const voucherActions = ['redeem', 'reserve', 'reinstate'] as const;

export const RedeemVoucherResult = keyedRecords({
  ...ofVoucher,
  /** Null for the voucher of a contact. */
  member: text,
  /** Id of the contact. Null for the voucher of a member. */
  contact: text,
  action: z.enum(voucherActions),
  /** Null for everything that is left. */
  amount,
  /** What is left. Null where the org did not tell. */
  remaining: amount,
  /** As the org answered, such as `Redeemed`. Null where it did not. */
  voucherStatus: text,
  /** Key of the reservation. Null without one. */
  reservationKey: text,
});
export type RedeemVoucherResult = z.infer<typeof RedeemVoucherResult>;

/**
 * `known`: the voucher was cancelled before. `kept`: the person answered no. `unchanged`: the org said that it did it, but
 * the voucher is not cancelled.
 */
export const cancelStatuses = ['cancelled', 'known', 'kept', 'unchanged'] as const;

export const CancelVoucherResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Id of the voucher. */
      key: z.string(),
      status: z.enum(cancelStatuses),
      member: z.string(),
      code: text,
      number: z.string(),
    }),
  ),
  counts: countsOf(cancelStatuses),
});
export type CancelVoucherResult = z.infer<typeof CancelVoucherResult>;

const VoucherRecord = z.object({
  /** Id of the voucher. */
  key: z.string(),
  /** As in the org: `Issued`, `Redeemed`, `Cancelled`, `Expired` or `Reserved`. */
  status: text,
  member: z.string(),
  code: text,
  number: text,
  /** Name of the definition. */
  voucher: text,
  type: text,
  faceValue: amount,
  redeemedValue: amount,
  remainingValue: amount,
  discountPercent: amount,
  currencyIsoCode: text,
  effectiveDate: text,
  expirationDate: text,
  useDate: text,
  product: text,
  promotion: text,
});
export type VoucherRecord = z.infer<typeof VoucherRecord>;

export const ListVouchersResult = listed(VoucherRecord);
export type ListVouchersResult = z.infer<typeof ListVouchersResult>;
