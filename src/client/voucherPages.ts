import { vouchersPerPage } from '../contract/endpoints/voucherEndpoints.js';
import type { MemberVoucher } from '../contract/endpoints/voucherEndpoints.js';
import { everyPage } from './everyPage.js';

/** All vouchers. @throws {LostAnswerError} when the pages do not end */
export function voucherPages(page: (pageNumber: number) => Promise<MemberVoucher[]>): Promise<MemberVoucher[]> {
  return everyPage({ what: 'The vouchers', size: vouchersPerPage, idOf: ({ voucherId }) => voucherId, page });
}
