import type { Validity } from '../definition/commonShapes.js';
import type { EngagementAttribute, Promotion, PromotionReward } from '../definition/promotionShapes.js';
import type { Badge } from '../definition/rewardShapes.js';
import type { ProgramRecord, ProgramRecords } from './programRecord.js';
import type { ProgramOwner } from './tierRecords.js';

export function addEngagementAttributes(
  records: ProgramRecords,
  attributes: readonly EngagementAttribute[],
  owner: ProgramOwner,
): void {
  for (const { name, description, status, startDate, endDate, reset, ...values } of attributes) {
    const fields = {
      Description: description,
      Status: status,
      StartDate: startDate,
      EndDate: endDate,
      TargetValue: values.target,
      DefaultValue: values.defaultValue,
      ShouldOverwriteAttrCurrVal: values.overwriteValue,
      ValueResetFrequency: reset?.frequency,
      ...(reset && { ResetValueOn: reset.on ?? null, MaximumResetCountPerPeriod: reset.mostPerPeriod ?? null }),
    };
    records.add('LoyaltyPgmEngmtAttribute', name, { owner, fields });
  }
}

/** Adds promotions with their limits and engagement attributes. */
export function addPromotions(records: ProgramRecords, promotions: readonly Promotion[], owner: ProgramOwner): void {
  for (const promotion of promotions) {
    const { reward } = promotion;
    const added = records.add('Promotion', promotion.name, {
      owner,
      references: reward ? rewardReference(records, reward) : {},
      fields: { ...promotionFields(promotion), ...(reward && rewardFields(reward)) },
    });
    if (promotion.timesPerMember !== undefined) addLimit(records, added, promotion.timesPerMember);
    for (const attribute of promotion.engagementAttributes) {
      const LoyaltyProgramEngmtAttrId = records.named('LoyaltyPgmEngmtAttribute', attribute);
      records.link('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId, PromotionId: added });
    }
  }
}

function promotionFields(promotion: Promotion) {
  const withoutEnrollment = promotion.enrollmentRequired ? undefined : null;
  return {
    Description: promotion.description,
    IsActive: promotion.active,
    LoyaltyPromotionType: promotion.type,
    StartDate: promotion.startDate,
    EndDate: promotion.endDate,
    CumulativeUsageTarget: promotion.target ?? (promotion.type === 'Standard' ? null : undefined),
    IsEnrollmentRequired: promotion.enrollmentRequired,
    EnrollmentStartDate: promotion.enrollmentStartDate ?? withoutEnrollment,
    EnrollmentEndDate: promotion.enrollmentEndDate ?? withoutEnrollment,
    TransactionJournalType: promotion.journalType,
  };
}

function rewardFields(reward: PromotionReward) {
  if ('voucher' in reward) return { FulfillmentAction: 'IssueVoucher', MaximumVoucherCount: reward.maximum ?? null };
  if ('factor' in reward) {
    return { FulfillmentAction: 'CreditPoints', IsPointsWithFactor: true, PointFactor: reward.factor };
  }
  return {
    FulfillmentAction: 'CreditPoints',
    IsPointsWithFactor: false,
    TotalRewardPoints: reward.points,
    MaximumRewardValue: reward.maximum ?? null,
  };
}

function rewardReference(records: ProgramRecords, reward: PromotionReward): Record<string, ProgramRecord> {
  if ('voucher' in reward) return { DefaultVoucherDefinitionId: records.named('VoucherDefinition', reward.voucher) };
  return { LoyaltyProgramCurrencyId: records.named('LoyaltyProgramCurrency', reward.currency) };
}

function addLimit(records: ProgramRecords, promotion: ProgramRecord, Value: number): void {
  const fields = { Category: 'CustomerLevel', Type: 'UsagePerCustomer', Value };
  records.link('PromotionLimit', { PromotionId: promotion }, { fields, identity: ['Category', 'Type'] });
}

export function addBadges(records: ProgramRecords, badges: readonly Badge[], owner: ProgramOwner): void {
  for (const { name, description, status, startDate, validity } of badges) {
    const fields = { Description: description, Status: status, StartDate: startDate, ...badgePeriod(validity) };
    records.add('LoyaltyProgramBadge', name, { owner, fields });
  }
}

function badgePeriod(validity: Validity) {
  if ('until' in validity) return { ValidityType: 'FixedDate', ValidityEndDate: validity.until };
  return { ValidityType: 'Period', ValidityDuration: validity.after, ValidityDurationUnit: validity.unit };
}
