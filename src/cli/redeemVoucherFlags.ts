import type { VoucherRow } from '../client/index.js';
import type { VoucherRedemption, VoucherStep } from '../sync/index.js';
import { findContactVoucher, findVoucher } from './findVoucher.js';
import type { KeyedFlags } from './keyedCommand.js';

export interface RedeemVoucherFlags extends KeyedFlags {
  readonly member: string | undefined;
  readonly contact: string | undefined;
  readonly 'currency-iso-code': string | undefined;
  readonly code: string;
  readonly number: string | undefined;
  readonly amount: string | undefined;
  readonly reserve: boolean;
  readonly reinstate: boolean;
  readonly reservation: string | undefined;
}

/** What the flags ask for. Giving up a reservation requires its key, which the flags make sure of. */
function stepOf({ amount: given, reserve, reinstate, reservation = '' }: RedeemVoucherFlags): VoucherStep {
  const amount = given === undefined ? undefined : Number(given);
  const reservationKey = reservation === '' ? undefined : reservation;
  if (reinstate) return { action: 'reinstate', reservationKey: reservation };
  return { action: reserve ? 'reserve' : 'redeem', amount, reservationKey };
}

interface HeldVoucher {
  /** Membership number; null for the voucher of a contact. */
  readonly member: string | null;
  readonly voucher: VoucherRow;
  readonly redemption: VoucherRedemption;
}

/**
 * Finds the voucher of the member or contact, and says what is to be done with it.
 *
 * @throws {UnknownMemberError}
 * @throws {SfError} for none, and for several
 */
export async function redemptionOf(
  context: Parameters<typeof findVoucher>[0],
  flags: RedeemVoucherFlags,
): Promise<HeldVoucher> {
  const { code, number, contact, 'currency-iso-code': currencyIsoCode } = flags;
  const named = ({ Id, VoucherCode, Name }: VoucherRow) => {
    return { program: context.program, voucherId: Id, voucherCode: VoucherCode ?? code, voucherNumber: Name };
  };
  const step = stepOf(flags);
  if (contact === undefined) {
    const { member, voucher } = await findVoucher(context, { member: flags.member ?? '', code, number });
    return { member, voucher, redemption: { ...named(voucher), membershipNumber: member, step } };
  }
  const voucher = await findContactVoucher(context, { contact, code });
  const redeem = { action: 'redeem' as const, amount: step.action === 'redeem' ? step.amount : undefined };
  return {
    member: null,
    voucher,
    redemption: { ...named(voucher), contactId: contact, currencyIsoCode, step: redeem },
  };
}
