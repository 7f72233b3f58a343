import { vouchersPerPage } from '../contract/endpoints/voucherEndpoints.js';
import type { MemberVoucher } from '../contract/endpoints/voucherEndpoints.js';
import { LostAnswerError } from './failures/callErrors.js';

/**
 * All vouchers, page by page, until one is not full. A voucher that moves to a later page meanwhile counts once.
 *
 * @throws {LostAnswerError} when the pages do not end: a full one has nothing new
 */
export async function voucherPages(page: (pageNumber: number) => Promise<MemberVoucher[]>): Promise<MemberVoucher[]> {
  const all = new Map<string, MemberVoucher>();
  for (let pageNumber = 1; ; pageNumber += 1) {
    const vouchers = await page(pageNumber);
    const known = all.size;
    for (const voucher of vouchers) all.set(voucher.voucherId, voucher);
    if (vouchers.length < vouchersPerPage) return [...all.values()];
    if (all.size === known) {
      const what = `page ${pageNumber} has only vouchers of earlier pages`;
      const message = `The vouchers do not end: ${what}. The org is wrong, or a proxy that repeats stored answers.`;
      throw new LostAnswerError('unreadable', message, true, { isRead: true });
    }
  }
}
