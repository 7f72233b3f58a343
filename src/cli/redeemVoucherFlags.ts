import type { VoucherStep } from '../sync/index.js';
import type { KeyedFlags } from './keyedCommand.js';

export interface RedeemVoucherFlags extends KeyedFlags {
  readonly member: string;
  readonly code: string;
  readonly number: string | undefined;
  readonly amount: string | undefined;
  readonly reserve: boolean;
  readonly reinstate: boolean;
  readonly reservation: string | undefined;
}

/** What the flags ask for. Giving up a reservation requires its key, which the flags make sure of. */
export function stepOf({ amount: given, reserve, reinstate, reservation = '' }: RedeemVoucherFlags): VoucherStep {
  const amount = given === undefined ? undefined : Number(given);
  const reservationKey = reservation === '' ? undefined : reservation;
  if (reinstate) return { action: 'reinstate', reservationKey: reservation };
  return { action: reserve ? 'reserve' : 'redeem', amount, reservationKey };
}
