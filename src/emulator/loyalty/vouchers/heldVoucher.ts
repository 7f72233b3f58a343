import { decimalOf } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';

/** A voucher, as far as redeeming it goes. */
export interface HeldVoucher {
  readonly row: SObjectRow;
  readonly name: string;
  readonly status: string | null;
  /** Whether it has a value, and not a discount or a product. */
  readonly hasValue: boolean;
  readonly remaining: Decimal;
  readonly redeemed: Decimal;
  readonly reserved: Decimal;
  readonly reservationKey: string | null;
  readonly currencyIsoCode: string | null;
  readonly isPartiallyRedeemable: boolean;
  readonly isDefinitionActive: boolean;
  readonly hasBegun: boolean;
  readonly hasExpired: boolean;
}

/** @param now milliseconds since the epoch. @param today in the org's time zone */
export function heldVoucher(
  store: Store,
  row: SObjectRow,
  { now, today }: { readonly now: number; readonly today: string },
): HeldVoucher {
  const definition = parentOf(store, row, 'VoucherDefinitionId', 'VoucherDefinition');
  const isTimed = definition?.['HasTimeBasedVoucherPeriod'] === true;
  const time = (field: string) => Date.parse((isTimed && textOrNull(row, field)) || '');
  const [begins, ends] = [time('EffectiveDateTime'), time('ExpirationDateTime')];
  const lastDay = textOrNull(row, 'ExpirationDate');
  const status = textOrNull(row, 'Status');
  return {
    row,
    name: `The voucher ${textOrNull(row, 'VoucherCode') ?? String(row['Name'])}`,
    status,
    hasValue: definition?.['Type'] === 'FixedValue',
    remaining: decimalOf(numberOf(row, 'RemainingValue')),
    redeemed: decimalOf(numberOf(row, 'RedeemedValue')),
    reserved: decimalOf(numberOf(row, 'ReservedValue')),
    reservationKey: textOrNull(row, 'ReservationKey'),
    currencyIsoCode: textOrNull(row, 'CurrencyIsoCode'),
    isPartiallyRedeemable: definition?.['IsPartialRedeemable'] === true,
    isDefinitionActive: definition?.['IsActive'] === true,
    hasBegun: Number.isNaN(begins) ? (textOrNull(row, 'EffectiveDate') ?? '') <= today : begins <= now,
    hasExpired: status === 'Expired' || (Number.isNaN(ends) ? lastDay !== null && lastDay < today : ends <= now),
  };
}
