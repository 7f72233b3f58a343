import { voucherEndpoints } from '../../../contract/endpoints/voucherEndpoints.js';
import type { OrgRefusal } from '../../orgRefusal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { generatedCode } from '../../store/values/generatedCode.js';
import { refuseLaterKeys } from '../laterKeys.js';
import { serve } from '../serve.js';
import { heldVoucher } from './heldVoucher.js';
import { redeemVoucher } from './redeemVoucher.js';
import { invalidInput } from '../invalidInput.js';
import { multipleVouchers } from './voucherRefusals.js';
import { vouchersNamed } from './vouchersNamed.js';

/** First API version with actions and a status in the answer. */
const actionsSince = 62;
const laterKeys = {
  since: actionsSince,
  keys: ['action', 'reservedValue', 'reservationKey', 'contactID', 'contactId', 'accountId', 'memberId'],
};

const redeem = serve(
  voucherEndpoints.redeem,
  ({ org, members, today }, { program, params, query, body, version, writing }) => {
    const { store, userId } = writing;
    refuseLaterKeys(body, version, laterKeys);
    const member = members.numbered(program.id, params.membershipNumber);
    if (!member) throw unknown(`member ${params.membershipNumber}`);
    const wanted = { code: params.voucherCode, number: query.voucherNumber };
    const voucher = onlyOne(vouchersNamed(store, member.id, wanted), params.voucherCode);
    const now = org.clock.now();
    const time = new Date(now).toISOString();
    const moment = { now, today: today(), time, newKey: generatedCode(`${voucher.Id}${time}`, 16) };
    const { values, answer } = redeemVoucher(heldVoucher(store, voucher, moment), body, moment);
    store.update('Voucher', voucher.Id, values, { as: 'org', userId });
    if (version >= actionsSince) return answer;
    const { status: _, ...older } = answer;
    return older;
  },
  { unknownProgram: invalidInput, isBodyOptional: true, status: () => 201 },
);

export const redeemHandlers = [redeem];

function onlyOne(vouchers: readonly SObjectRow[], code: string): SObjectRow {
  const [voucher, ...others] = vouchers;
  if (!voucher) throw unknown(`voucher ${code}`);
  if (others.length === 0) return voucher;
  throw multipleVouchers(`The member has ${vouchers.length} vouchers with the code ${code}: give voucherNumber.`);
}

function unknown(what: string): OrgRefusal {
  return invalidInput(`The ${what} does not exist in the loyalty program.`);
}
