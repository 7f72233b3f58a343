import { z } from 'zod';
import { inAnyCase } from '../inAnyCase.js';

export const RedeemVoucherQuery = z.object({
  /** Since v55. Says which one is meant, if several vouchers of the member have the code. */
  voucherNumber: z.string().optional(),
});

/** Clients and samples also send numbers as texts. */
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const amount = number.optional();
const text = z.string().optional();

/** Guide: "Redeem Voucher Input". The body may be empty, and had no fields before v53. */
export const RedeemVoucherRequest = z.strictObject({
  /** Vouchers of a fixed value only; everything that is left unless given. */
  redeemAmount: amount,
  /** As a second sample of the guide calls `redeemAmount`. */
  redemptionAmount: amount,
  currencyIsoCode: text,
  /** Since v62, like the rest. `Redeem` unless given, although the guide's table has it as required. */
  action: inAnyCase(['Redeem', 'Reserve', 'Reinstate']).optional(),
  /** Part of a partially redeemable voucher. */
  reservedValue: amount,
  /** The caller chooses it, and names the reservation by it later. */
  reservationKey: text,
  contactID: text,
  /** As a sample spells `contactID`, which also has the next two. */
  contactId: text,
  accountId: text,
  memberId: text,
});
export type RedeemVoucherRequest = z.infer<typeof RedeemVoucherRequest>;

/** Guide: "Redeem Voucher Output" (v53). Keys without a value are left out; a success has at least one of three. */
export const RedeemVoucherResponse = z
  .looseObject({
    remainingAmount: number.nullish(),
    /** Since v62. `Redeemed` also after a part was redeemed, as in the guide's sample. */
    status: z.string().nullish(),
    currencyIsoCode: z.string().nullish(),
    reservationKey: z.string().nullish(),
    reservedValue: number.nullish(),
  })
  .refine(
    ({ remainingAmount, status, reservationKey }) => (remainingAmount ?? status ?? reservationKey ?? null) !== null,
    { error: 'remainingAmount, status and reservationKey are missing' },
  );
export type RedeemVoucherResponse = z.infer<typeof RedeemVoucherResponse>;
