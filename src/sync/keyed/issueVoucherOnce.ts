import type { IssueVoucherRequest, LoyaltyClient, VoucherRow } from '../../client/index.js';
import { externalTransactionNumber } from '../../transaction.js';
import { KeyConflictError, once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

/** A voucher for a member. The notes are taken by the key. */
export interface VoucherIssue extends Omit<IssueVoucherRequest, 'notes' | 'memberId'> {
  readonly program: string;
  /** Id of the LoyaltyProgramMember. */
  readonly memberId: string;
}

export interface IssuedVoucher {
  readonly voucherId: string;
}

/** Length of the field Reason of a voucher. */
const reasonLength = 255;

/**
 * Issues a voucher once per key. The key becomes the notes, which the org keeps in `Reason` of the voucher, so any
 * machine can find out whether it was issued.
 *
 * @throws {KeyConflictError}
 */
export async function issueVoucherOnce(
  client: LoyaltyClient,
  issue: VoucherIssue,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<IssuedVoucher>> {
  const { program, ...request } = issue;
  const { memberId, code } = request;
  const notes = externalTransactionNumber(options.key, reasonLength);
  const content = ['issueVoucher', program, memberId, request.definition, code, request.faceValue];
  return once<IssuedVoucher>(
    { member: memberId, ...options, content: [...content, request.discountPercent, request.expirationDate] },
    {
      send: async () => ({ voucherId: await client.vouchers.issue(program, { ...request, notes }) }),
      check: async () => {
        // SOQL ignores case.
        const rows = await client.vouchers.find(program, { memberId, reason: notes });
        const found = rows.find(({ Reason }) => Reason === notes);
        if (!found) return 'absent';
        requireSame(found, request, options.key);
        return { answer: { voucherId: found.Id } };
      },
    },
  );
}

/** @throws {KeyConflictError} when the org has another voucher under the key */
function requireSame(
  found: VoucherRow,
  { code, faceValue, definition }: Omit<VoucherIssue, 'program'>,
  key: string,
): void {
  const name = found.VoucherDefinition?.Name ?? definition;
  const hasCode = code === undefined || code === found.VoucherCode;
  const hasValue = faceValue === undefined || faceValue === found.FaceValue;
  const hasDefinition = name.toLowerCase() === definition.toLowerCase();
  if (!hasCode || !hasValue || !hasDefinition)
    throw new KeyConflictError(key, `the voucher ${found.VoucherCode ?? found.Name}`);
}
