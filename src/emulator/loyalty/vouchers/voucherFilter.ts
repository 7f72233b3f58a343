import { shortId } from '../../../base/sameId.js';
import type { MemberVouchersQuery } from '../../../contract/endpoints/voucherEndpoints.js';
import { textOrNull } from '../rowValues.js';
import type { VoucherRows } from './voucherAnswer.js';

/** Each list that is given has to name the voucher's value. Names are compared without case, ids by 15 characters. */
export function isWantedVoucher({ voucher, product, category }: VoucherRows, query: MemberVouchersQuery): boolean {
  return [
    isIn(query.voucherStatus, textOrNull(voucher, 'Status')),
    isIn(query.productId?.map(shortId), product && shortId(product.Id)),
    isIn(query.productName, textOrNull(product, 'Name')),
    isIn(query.productCategoryId?.map(shortId), category && shortId(category.Id)),
    isIn(query.productCategoryName, textOrNull(category, 'Name')),
  ].every((each) => each);
}

/** By date, those without one first; in the order of their creation where dates are the same. */
export function inOrder({
  sortBy = 'ExpirationDate',
  sortOrder = 'Ascending',
}: MemberVouchersQuery): (a: VoucherRows, b: VoucherRows) => number {
  const sign = sortOrder === 'Ascending' ? 1 : -1;
  const key = ({ voucher }: VoucherRows): string => textOrNull(voucher, sortBy) ?? '';
  return (a, b) => sign * (key(a) < key(b) ? -1 : Number(key(a) > key(b)));
}

function isIn(wanted: readonly string[] | undefined, value: string | null | undefined): boolean {
  if (!wanted) return true;
  return wanted.some((each) => each.toLowerCase() === value?.toLowerCase());
}
