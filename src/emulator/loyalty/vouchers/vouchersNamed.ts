import { isSameId } from '../../../base/sameId.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { textOrNull } from '../rowValues.js';

interface VoucherName {
  readonly id?: string | undefined;
  /** Auto number. */
  readonly number?: string | undefined;
  /** Compared without case, which is inferred. */
  readonly code?: string | undefined;
}

/** The vouchers of the member that have all the names that are given. */
export function vouchersNamed(store: Store, memberId: string, { id, number, code }: VoucherName): SObjectRow[] {
  return store
    .find('Voucher', { LoyaltyProgramMemberId: memberId })
    .filter((voucher) => id === undefined || isSameId(voucher.Id, id))
    .filter((voucher) => number === undefined || voucher['Name'] === number)
    .filter(
      (voucher) => code === undefined || textOrNull(voucher, 'VoucherCode')?.toLowerCase() === code.toLowerCase(),
    );
}
