import { decimalOf } from '../base/decimal.js';
import type { Decimal } from '../base/decimal.js';

/** A row of the ledger, as far as its points are concerned. */
export interface LedgerMovement {
  readonly EventType: string | null;
  /** Never negative: the event type has the direction. */
  readonly Points: number | null;
}

/** What a row of type Transfer counts as. The ledger does not say its direction, so only the caller may know it. */
type TransferSign = -1 | 0;

/** Returns credits less debits and expired points. */
export function ledgerSum(rows: readonly LedgerMovement[], transfers: TransferSign = 0): Decimal {
  return rows.reduce((sum, row) => sum.plus(signedPoints(row, transfers)), decimalOf(0));
}

export function signedPoints({ EventType, Points }: LedgerMovement, transfers: TransferSign = 0): Decimal {
  return decimalOf(Points ?? 0).times(signOf(EventType, transfers));
}

function signOf(eventType: string | null, transfers: TransferSign): 1 | -1 | 0 {
  if (eventType === 'Credit') return 1;
  return eventType === 'Debit' || eventType === 'Expiry' ? -1 : transfers;
}
