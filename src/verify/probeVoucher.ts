import type { FieldValues } from '../client/index.js';
import type { ProbedOrg } from './probedOrg.js';

/** Returns the member that the probes ask about. */
export function someone({ program }: ProbedOrg): { readonly id: string; readonly number: string } {
  const [member] = program.members;
  if (!member) throw new TypeError('The program of the probes has no member.');
  return member;
}

export function vouchersOf({ program }: ProbedOrg, number: string): string {
  const inProgram = `/loyalty/programs/${encodeURIComponent(program.name)}`;
  return `${inProgram}/members/${encodeURIComponent(number)}/vouchers`;
}

/** Makes a definition of vouchers that are worth 5. */
export async function voucherDefinition(
  org: ProbedOrg,
  more: FieldValues = {},
): Promise<{ readonly id: string; readonly name: string }> {
  const name = org.unused('probe-voucher');
  const id = await org.made('VoucherDefinition', {
    ...{ Name: name, Type: 'FixedValue', FaceValue: 5, IsActive: true, LoyaltyProgramId: org.program.id },
    ...{ EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', ExpirationDate: '2099-12-31', ...more },
  });
  return { id, name };
}

/** Issues a voucher of a fixed value with a new code. @param more fields of its definition */
export async function issuedVoucher(
  org: ProbedOrg,
  more: FieldValues = {},
): Promise<{ readonly id: string; readonly code: string }> {
  const { id: VoucherDefinitionId } = await voucherDefinition(org, more);
  const code = org.unused('probe-code');
  const id = await org.made('Voucher', {
    ...{ VoucherCode: code, VoucherDefinitionId, LoyaltyProgramMemberId: someone(org).id, Status: 'Issued' },
    ...{ EffectiveDate: '2026-01-01', ExpirationDate: '2099-12-31', FaceValue: 5 },
  });
  return { id, code };
}
