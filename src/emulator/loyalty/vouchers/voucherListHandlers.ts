import { voucherEndpoints, vouchersPerPage } from '../../../contract/endpoints/voucherEndpoints.js';
import { serve } from '../serve.js';
import { invalidInput } from '../invalidInput.js';
import { memberVoucher, voucherRows } from './voucherAnswer.js';
import { isWantedVoucher, inOrder } from './voucherFilter.js';

const ofMember = serve(
  voucherEndpoints.ofMember,
  ({ members }, { program, params, query, version, writing: { store } }) => {
    const member = members.numbered(program.id, params.membershipNumber);
    if (!member) throw invalidInput(`The member ${params.membershipNumber} does not exist in the loyalty program.`);
    const { pageNumber = 1 } = query;
    const vouchers = store
      .find('Voucher', { LoyaltyProgramMemberId: member.id })
      .map((voucher) => voucherRows(store, voucher))
      .filter((rows) => isWantedVoucher(rows, query))
      .sort(inOrder(query))
      .slice((pageNumber - 1) * vouchersPerPage, pageNumber * vouchersPerPage)
      .map((rows) => memberVoucher(rows, version));
    return { voucherCount: vouchers.length, vouchers };
  },
  { unknownProgram: invalidInput },
);

export const voucherHandlers = [ofMember];
