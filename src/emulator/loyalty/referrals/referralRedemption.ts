import type { ReferralRedemptionRequest } from '../../../contract/endpoints/referralEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { missingFields } from '../parseInput.js';
import { textOrNull } from '../rowValues.js';
import { multipleVouchers } from '../vouchers/voucherRefusals.js';
import { contactWithId, numberedMember, rowWithId } from './knownPerson.js';

/** The voucher that the holder has under that code. @throws {OrgRefusal} 400, or 500 MULTIPLE_VOUCHERS */
export function voucherOfHolder(loyalty: LoyaltyOrg, code: string, request: ReferralRedemptionRequest): SObjectRow {
  const { store } = loyalty.org;
  const vouchers = store
    .find('Voucher', holderOf(loyalty, request))
    .filter((voucher) => textOrNull(voucher, 'VoucherCode')?.toLowerCase() === code.toLowerCase());
  const [voucher, ...others] = vouchers;
  if (!voucher) throw invalidInput(`The voucher ${code} does not exist, or belongs to somebody else.`);
  if (others.length === 0) return voucher;
  throw multipleVouchers(`The holder has ${vouchers.length} vouchers with the code ${code}.`);
}

/** The field of vouchers that names the holder, and its value. */
function holderOf(loyalty: LoyaltyOrg, request: ReferralRedemptionRequest): Record<string, string> {
  const { store } = loyalty.org;
  const { memberId, membershipNumber, programName, contactId } = request;
  if (memberId !== undefined) return { LoyaltyProgramMemberId: memberWithId(store, memberId) };
  if (membershipNumber !== undefined) {
    if (programName === undefined) throw missingFields(['programName']);
    const program = loyalty.programs.named(programName, invalidInput);
    return { LoyaltyProgramMemberId: numberedMember(loyalty, program, membershipNumber).Id };
  }
  if (contactId === undefined) throw missingFields(['membershipNumber']);
  return { ContactId: contactWithId(store, contactId).Id };
}

function memberWithId(store: Store, id: string): string {
  return rowWithId(store, { object: 'LoyaltyProgramMember', key: 'memberId', id }).Id;
}
