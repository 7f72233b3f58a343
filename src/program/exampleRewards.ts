import type { LoyaltyClient } from '../client/index.js';
import { soqlText } from '../client/index.js';

const voucherName = 'Five off a cake';

/**
 * Creates a benefit and two vouchers for one member, one of them used. No process is involved, because in the example
 * nothing assigns benefits or issues vouchers. Creates nothing if the voucher definition already exists.
 * @throws {LoyaltyApiError}
 */
export async function createRewards(client: LoyaltyClient, programId: string, memberId: string): Promise<void> {
  const { query, sobjects } = client;
  const existing = await query.all(
    `SELECT Id FROM VoucherDefinition WHERE Name = ${soqlText(voucherName)} AND LoyaltyProgramId = ${soqlText(programId)}`,
  );
  if (existing.length > 0) return;
  const type = { Name: 'Hospitality', Category: 'Loyalty', ProcessType: 'Loyalty' };
  const BenefitTypeId = await sobjects.create('BenefitType', type);
  const Description = 'Members drink for free on their birthday.';
  const BenefitId = await sobjects.create('Benefit', {
    ...{ Name: 'Birthday coffee', Description, IsActive: true, BenefitTypeId },
  });
  await sobjects.create('MemberBenefit', {
    ...{ Name: 'Birthday coffee', BenefitId, MemberId: memberId, Status: 'Processed', StartDate: '2026-01-01' },
  });
  const dates = { EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' };
  const VoucherDefinitionId = await sobjects.create('VoucherDefinition', {
    ...{ Name: voucherName, Description: 'For any cake.', Type: 'FixedValue', FaceValue: 5, IsActive: true },
    ...{ ExpirationType: 'FixedDate', LoyaltyProgramId: programId, ...dates },
  });
  const voucher = { VoucherDefinitionId, LoyaltyProgramMemberId: memberId, FaceValue: 5, ...dates };
  await sobjects.create('Voucher', { ...voucher, VoucherCode: 'CAKE-0001', Status: 'Issued' });
  const used = { VoucherCode: 'CAKE-0002', Status: 'Redeemed', RedeemedValue: 5, UseDate: '2026-02-14' };
  await sobjects.create('Voucher', { ...voucher, ...used });
}
