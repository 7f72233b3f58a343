import { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { namesText } from '../base/text/namesText.js';
import type { LoyaltyClient, VoucherRow } from '../client/index.js';
import type { OrgName } from './orgName.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

export interface FoundVoucher {
  readonly memberId: string;
  readonly member: string;
  readonly voucher: VoucherRow;
}

/**
 * Finds the one voucher of a contact with this code. The org cannot be told which of several is meant.
 *
 * @throws {SfError} for none, and for several
 */
export async function findContactVoucher(
  { client, program, org }: { readonly client: LoyaltyClient; readonly program: string; readonly org: OrgName },
  { contact, code }: { readonly contact: string; readonly code: string },
): Promise<VoucherRow> {
  const [voucher, ...others] = await client.vouchers.find(program, { contactId: contact, voucherCode: code });
  if (voucher && others.length === 0) return voucher;
  const soql = `SELECT Name, VoucherCode, Status FROM Voucher WHERE ContactId = '${contact}'`;
  const list = `sf data query --target-org ${org ?? 'ORG'} --query "${soql}"`;
  const error = voucher ? 'error.severalContactVouchers' : 'error.unknownContactVoucher';
  throw messages.createError(error, [contact, code], [list]);
}

/** A voucher as the flags of a command name it. */
export interface NamedVoucher {
  readonly member: string;
  readonly code: string;
  readonly number: string | undefined;
}

/**
 * Finds the one voucher of a member with this code and number.
 *
 * @throws {UnknownMemberError}
 * @throws {SfError} for none, and for several, with their numbers
 */
export async function findVoucher(
  { client, program, org }: { readonly client: LoyaltyClient; readonly program: string; readonly org: OrgName },
  { member: wanted, code, number }: NamedVoucher,
): Promise<FoundVoucher> {
  const { Id: memberId, MembershipNumber: member } = await client.members.get(program, wanted);
  const found = await client.vouchers.find(program, { memberId, voucherCode: code, voucherNumber: number });
  const [voucher, ...others] = found;
  if (!voucher) {
    const list = commandLine('list vouchers', { member, program, 'target-org': org });
    const error = number === undefined ? 'error.unknownVoucher' : 'error.unknownVoucherNumber';
    throw messages.createError(error, [member, code, number ?? ''], [list]);
  }
  if (others.length === 0) return { memberId, member, voucher };
  const numbers = namesText(found.map(({ Name }) => Name));
  throw messages.createError('error.severalVouchers', [member, found.length, code, numbers]);
}
