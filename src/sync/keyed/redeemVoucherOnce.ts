import { z } from 'zod';
import { definedValues } from '../../base/definedValues.js';
import type { LoyaltyClient, RedeemVoucherResponse, VoucherRow } from '../../client/index.js';
import { KeyConflictError, once } from './keyedCall.js';
import type { OnceCall, OnceOptions, OnceResult } from './keyedCall.js';
import { requireRedeemable } from './redeemableAmount.js';

export type VoucherStep =
  /** Everything that is left, or all that is reserved, unless an amount is given. */
  | { readonly action: 'redeem'; readonly amount?: number | undefined; readonly reservationKey?: string | undefined }
  /** Without a key of its own, the reservation has the key of the call. */
  | { readonly action: 'reserve'; readonly amount?: number | undefined; readonly reservationKey?: string | undefined }
  | { readonly action: 'reinstate'; readonly reservationKey: string };

/** The org no longer has the voucher. */
export class UnknownVoucherError extends Error {
  override readonly name = 'UnknownVoucherError';

  constructor(readonly voucherId: string) {
    super(`The org has no voucher ${voucherId}, or it belongs to no member of the program.`);
  }
}

interface ContactRedemption {
  readonly contactId: string;
  /** An org with several currencies requires it. */
  readonly currencyIsoCode?: string | undefined;
  /** The resource for contacts knows no reservations. */
  readonly step: { readonly action: 'redeem'; readonly amount?: number | undefined };
}

export type VoucherRedemption = {
  readonly program: string;
  readonly voucherId: string;
  readonly voucherCode: string;
  readonly voucherNumber: string;
} & (ContactRedemption | { readonly membershipNumber: string; readonly step: VoucherStep });

export interface RedeemedVoucher {
  /** What is left; null where the org did not tell. */
  readonly remaining: number | null;
  /** As in the org, such as `Redeemed`. */
  readonly status: string | null;
  readonly reservationKey: string | null;
}

const Before = z.object({
  status: z.string().nullable(),
  redeemed: z.number(),
  remaining: z.number(),
  reserved: z.number().nullable(),
});
type Before = z.infer<typeof Before>;

/**
 * Redeems a voucher, a part of it or a reservation, reserves it, or gives the reservation up: once per key. A redemption
 * leaves no key in the org, so the voucher's state before it is stored with the intent; a state that is neither that one
 * nor the one after the call means that somebody else has changed the voucher. A reservation has its key in the org, until
 * it is redeemed or given up.
 *
 * @throws {KeyConflictError}
 * @throws {OldApiVersionError} when the org is asked in an API version that knows no reservations
 * @throws {UnknownVoucherError} when the voucher was deleted meanwhile
 * @throws {VoucherAmountError} when the amount cannot be taken from this voucher
 */
export async function redeemVoucherOnce(
  client: LoyaltyClient,
  redemption: VoucherRedemption,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<RedeemedVoucher>> {
  const { program, voucherId, step } = redemption;
  const member = 'contactId' in redemption ? undefined : redemption.membershipNumber;
  if (step.action !== 'redeem') client.vouchers.requireReservations();
  const content = ['redeemVoucher', program, voucherId, step];
  return once<RedeemedVoucher>({ member, ...options, content }, callOf(client, redemption, options.key));
}

function callOf(client: LoyaltyClient, redemption: VoucherRedemption, key: string): OnceCall<RedeemedVoucher> {
  const { program, voucherId, step }: Omit<VoucherRedemption, 'step'> & { readonly step: VoucherStep } = redemption;
  const read = async (): Promise<VoucherRow> => {
    const contactId = 'contactId' in redemption ? redemption.contactId : undefined;
    const [row] = await client.vouchers.find(program, { voucherId, contactId });
    if (!row) throw new UnknownVoucherError(voucherId);
    return row;
  };
  const send = async () => answerOf(await sendStep(client, redemption, key));
  const before = async () => {
    const row = await read();
    if (step.action !== 'reinstate' && step.amount !== undefined) await requireRedeemable(client, row, step.amount);
    return stateOf(row);
  };
  if (step.action === 'reserve') {
    const reservationKey = step.reservationKey ?? key;
    const check = async (before: unknown) => {
      const row = await read();
      if (row.Status === 'Reserved' && row.ReservationKey === reservationKey) {
        requireSameAmount(row, step.amount, key);
        return { answer: seen(row) };
      }
      return before === null || isSame(Before.parse(before), stateOf(row)) ? 'absent' : 'unclear';
    };
    return { before, leavesKey: true, send, check };
  }
  return {
    before,
    send,
    check: async (before) => {
      const row = await read();
      const [was, is] = [Before.parse(before), stateOf(row)];
      if (isSame(was, is)) return 'absent';
      return isAfter(step, was, is) ? { answer: seen(row) } : 'unclear';
    },
  };
}

/** @throws {KeyConflictError} for a reservation of something else under the key */
function requireSameAmount({ ReservedValue, VoucherCode, Name }: VoucherRow, amount: number | undefined, key: string) {
  if (amount === undefined || typeof ReservedValue !== 'number' || isEqual(ReservedValue, amount)) return;
  throw new KeyConflictError(key, `a reservation of ${ReservedValue} of the voucher ${VoucherCode ?? Name}`);
}

function sendStep(
  { vouchers, referrals }: LoyaltyClient,
  redemption: VoucherRedemption,
  key: string,
): Promise<RedeemVoucherResponse> {
  if ('contactId' in redemption) return redeemOfContact(referrals, redemption);
  const { program, step, ...voucher } = redemption;
  switch (step.action) {
    case 'redeem':
      return vouchers.redeem(program, voucher, step);
    case 'reserve':
      return vouchers.reserve(program, voucher, { reservationKey: step.reservationKey ?? key, value: step.amount });
    case 'reinstate':
      return vouchers.reinstate(program, voucher, step.reservationKey);
  }
}

/** The resource of members names the holder by a membership number, so that a contact needs the one of referrals. */
function redeemOfContact(
  referrals: LoyaltyClient['referrals'],
  { program, step, voucherCode, contactId, currencyIsoCode }: VoucherRedemption & ContactRedemption,
): Promise<RedeemVoucherResponse> {
  const amount = definedValues({ redemptionAmount: step.amount, currencyIsoCode });
  return referrals.redeemVoucher(voucherCode, { programName: program, contactId, ...amount });
}

function stateOf({ Status, RedeemedValue, RemainingValue, ReservedValue }: VoucherRow): Before {
  return {
    status: Status,
    redeemed: RedeemedValue ?? 0,
    remaining: RemainingValue ?? 0,
    reserved: ReservedValue ?? null,
  };
}

function isSame(a: Before, b: Before): boolean {
  return a.status === b.status && isEqual(a.redeemed, b.redeemed);
}

/** Whether the step leads from the one state to the other. An org may keep what is partly redeemed as Issued or not. */
function isAfter(step: VoucherStep, was: Before, is: Before): boolean {
  if (step.action === 'reinstate') return is.status === 'Issued' || is.status === 'Expired';
  const amount =
    (step.action === 'redeem' ? step.amount : undefined) ?? (was.status === 'Reserved' ? was.reserved : null);
  const taken = amount ?? was.remaining;
  const isUsed = is.status === 'Redeemed' || (is.status === 'Issued' && taken > 0);
  return isUsed && isEqual(is.redeemed, was.redeemed + taken);
}

/** To the cent. */
function isEqual(a: number, b: number): boolean {
  return Math.round(a * 100) === Math.round(b * 100);
}

function answerOf({ remainingAmount, status, reservationKey }: RedeemVoucherResponse): RedeemedVoucher {
  return { remaining: remainingAmount ?? null, status: status ?? null, reservationKey: reservationKey ?? null };
}

function seen({ RemainingValue, Status, ReservationKey }: VoucherRow): RedeemedVoucher {
  const isReserved = Status === 'Reserved';
  return { remaining: RemainingValue, status: Status, reservationKey: isReserved ? (ReservationKey ?? null) : null };
}
