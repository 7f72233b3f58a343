import type { Decimal } from '../../../base/decimal.js';
import { decimalOf } from '../../../base/decimal.js';
import type { RedeemVoucherRequest, RedeemVoucherResponse } from '../../../contract/endpoints/redemptionShapes.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { HeldVoucher } from './heldVoucher.js';
import { invalidInput } from '../invalidInput.js';
import { alreadyRedeemed, otherVoucherFailure } from './voucherRefusals.js';

/** What the row of a voucher gets, and what is answered. */
export interface VoucherChange {
  readonly values: GivenValues;
  readonly answer: RedeemVoucherResponse;
}

/** What a request needs to know of its day. */
interface Moment {
  readonly today: string;
  /** ISO 8601 */
  readonly time: string;
  /** Reservation key for a request that has none. */
  readonly newKey: string;
}

/**
 * Redeems, reserves or reinstates. After a part is redeemed the answer says `Redeemed`, as the guide's sample does, and
 * the voucher stays `Issued`, because the rest could not be redeemed otherwise: which of the two an org stores is not
 * published. Nor are the codes for reservations.
 *
 * @throws {OrgRefusal}
 */
export function redeemVoucher(held: HeldVoucher, request: RedeemVoucherRequest, moment: Moment): VoucherChange {
  const { action = 'Redeem' } = request;
  requireCurrency(held, request);
  if (action === 'Reinstate') return reinstated(held, request);
  requireUsable(held);
  return action === 'Reserve' ? reserved(held, request, moment) : redeemed(held, request, moment);
}

/** In the order of the published table. */
function requireUsable({ name, status, hasExpired, hasBegun, isDefinitionActive }: HeldVoucher): void {
  if (status === 'Redeemed') throw alreadyRedeemed(`${name} has already been redeemed.`);
  if (status === 'Cancelled') throw invalidInput(`${name} is cancelled.`);
  if (hasExpired) throw invalidInput(`${name} has expired.`);
  if (!hasBegun) throw invalidInput(`${name} cannot be used yet.`);
  if (!isDefinitionActive) throw invalidInput(`${name} cannot be used: its definition is not active.`);
}

function redeemed(held: HeldVoucher, request: RedeemVoucherRequest, { today }: Moment): VoucherChange {
  const isReserved = held.status === 'Reserved';
  if (isReserved || request.reservationKey !== undefined) requireReservation(held, request);
  const available = isReserved ? held.reserved : held.remaining;
  const taken = partOf(held, request.redeemAmount ?? request.redemptionAmount, available);
  const rest = held.remaining.minus(taken);
  const isLeft = held.hasValue && !rest.isZero();
  return {
    values: {
      Status: isLeft ? 'Issued' : 'Redeemed',
      UseDate: today,
      ...(held.hasValue && { RedeemedValue: held.redeemed.plus(taken).toNumber() }),
      ...(isReserved && { ReservedValue: null }),
    },
    answer: { remainingAmount: rest.toNumber(), status: 'Redeemed', ...currencyOf(held) },
  };
}

function reserved(held: HeldVoucher, request: RedeemVoucherRequest, { time, newKey }: Moment): VoucherChange {
  if (held.status === 'Reserved') throw invalidInput(`${held.name} is already reserved.`);
  const value = partOf(held, request.reservedValue, held.remaining).toNumber();
  const { reservationKey = newKey } = request;
  return {
    values: { Status: 'Reserved', ReservationKey: reservationKey, ReservedDateTime: time, ReservedValue: value },
    answer: { reservationKey, reservedValue: value, status: 'Reserved', ...currencyOf(held) },
  };
}

/** A voucher that has expired meanwhile is expired again. */
function reinstated(held: HeldVoucher, request: RedeemVoucherRequest): VoucherChange {
  requireReservation(held, request);
  const Status = held.hasExpired ? 'Expired' : 'Issued';
  return {
    values: { Status, ReservationKey: null, ReservedDateTime: null, ReservedValue: null },
    answer: held.hasExpired ? { status: Status } : { remainingAmount: held.remaining.toNumber(), status: Status },
  };
}

function requireReservation({ name, status, reservationKey }: HeldVoucher, request: RedeemVoucherRequest): void {
  if (status !== 'Reserved') throw invalidInput(`${name} is not reserved.`);
  if (request.reservationKey === undefined) throw invalidInput(`${name} is reserved: give its reservationKey.`);
  if (request.reservationKey !== reservationKey) {
    throw invalidInput(`${name} is not reserved under the key ${request.reservationKey}.`);
  }
}

/** The given amount, or all that is available. */
function partOf(held: HeldVoucher, given: number | undefined, available: Decimal): Decimal {
  if (given === undefined) return available;
  const part = decimalOf(given);
  if (!held.hasValue) throw otherVoucherFailure(`${held.name} has no value of which an amount could be taken.`);
  if (!part.isPositive() || part.isZero() || part.greaterThan(available)) {
    throw otherVoucherFailure(`${held.name} has ${available.toFixed()} left, of which ${given} cannot be taken.`);
  }
  if (part.lessThan(held.remaining) && !held.isPartiallyRedeemable) {
    throw otherVoucherFailure(`${held.name} cannot be redeemed in parts.`);
  }
  return part;
}

function requireCurrency(
  { name, currencyIsoCode }: HeldVoucher,
  { currencyIsoCode: given }: RedeemVoucherRequest,
): void {
  if (given === undefined || currencyIsoCode === null || given === currencyIsoCode) return;
  throw otherVoucherFailure(`${name} has the currency ${currencyIsoCode}, not ${given}.`);
}

/** An org with one currency has no such field. */
function currencyOf({ currencyIsoCode }: HeldVoucher): { currencyIsoCode?: string } {
  return currencyIsoCode === null ? {} : { currencyIsoCode };
}
