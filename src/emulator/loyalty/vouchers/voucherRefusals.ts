import { OrgRefusal } from '../../orgRefusal.js';

/** "Any other failure" of the published table, spelled as there. */
export function otherVoucherFailure(message: string): OrgRefusal {
  return new OrgRefusal(500, 'UNKOWN_EXCEPTION', message);
}

export function alreadyRedeemed(message: string): OrgRefusal {
  return new OrgRefusal(409, 'ALREADY_REDEEMED_VOUCHER', message);
}

export function multipleVouchers(message: string): OrgRefusal {
  return new OrgRefusal(500, 'MULTIPLE_VOUCHERS', message);
}
