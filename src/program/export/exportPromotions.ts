import type { OrgRecord } from '../org/readOrgProgram.js';
import { nameOf, number, text } from './exportedRecords.js';
import type { ExportedRecords } from './exportedRecords.js';

export function exportPromotions(records: ExportedRecords): unknown[] {
  return records
    .of('Promotion')
    .filter((promotion) => {
      const reason = notDefinable(promotion);
      if (reason !== undefined) records.leaveOutRecord(promotion, reason);
      return reason === undefined;
    })
    .map((promotion) => exportPromotion(records, promotion));
}

/** Why a definition cannot have the promotion. */
function notDefinable({ values }: OrgRecord): string | undefined {
  if (values['IsReferralPromotion'] === true) return 'a definition has no referral promotions';
  const type = text(values['LoyaltyPromotionType']);
  if (type === 'Standard' || type === 'Cumulative') return undefined;
  return `a definition has promotions of type Standard and Cumulative, not ${type ?? 'those without a type'}`;
}

function exportPromotion(records: ExportedRecords, promotion: OrgRecord): unknown {
  const { values } = promotion;
  const links = records.under('LoyaltyPgmEngmtAttrProm', 'PromotionId', promotion);
  return {
    name: nameOf(promotion),
    type: values['LoyaltyPromotionType'],
    description: text(values['Description']),
    active: values['IsActive'],
    startDate: values['StartDate'],
    endDate: text(values['EndDate']),
    ...targetOf(records, promotion),
    enrollmentRequired: values['IsEnrollmentRequired'],
    ...enrollmentDates(records, promotion),
    journalType: text(values['TransactionJournalType']),
    reward: rewardOf(records, promotion),
    engagementAttributes: links
      .map((link) => records.nameBehind('LoyaltyPgmEngmtAttribute', link.values['LoyaltyProgramEngmtAttrId']))
      .toSorted(),
  };
}

/** Only cumulative promotions have a target. */
function targetOf(records: ExportedRecords, promotion: OrgRecord) {
  const target = number(promotion.values['CumulativeUsageTarget']);
  const times = timesPerMember(records, promotion);
  if (promotion.values['LoyaltyPromotionType'] === 'Cumulative') return { target, timesPerMember: times };
  records.leaveOut(promotion, 'CumulativeUsageTarget', 'only a promotion of type Cumulative has a target');
  return {};
}

/** Only promotions that members join have dates for it. */
function enrollmentDates(records: ExportedRecords, promotion: OrgRecord) {
  const { values } = promotion;
  if (values['IsEnrollmentRequired'] === true) {
    return {
      enrollmentStartDate: text(values['EnrollmentStartDate']),
      enrollmentEndDate: text(values['EnrollmentEndDate']),
    };
  }
  for (const field of ['EnrollmentStartDate', 'EnrollmentEndDate']) {
    records.leaveOut(promotion, field, 'members do not have to join the promotion');
  }
  return {};
}

/** The other limits of a promotion are left out. */
function timesPerMember(records: ExportedRecords, promotion: OrgRecord): number | undefined {
  let times: number | undefined;
  for (const limit of records.under('PromotionLimit', 'PromotionId', promotion)) {
    const { Category, Type, Value } = limit.values;
    if (Category === 'CustomerLevel' && Type === 'UsagePerCustomer') times = number(Value);
    else {
      const reason = `the limit ${String(Category)} ${String(Type)} of "${nameOf(promotion)}" is not part of a definition`;
      records.leaveOutRecord(limit, reason);
    }
  }
  return times;
}

function rewardOf(records: ExportedRecords, promotion: OrgRecord): unknown {
  const { values } = promotion;
  if (values['FulfillmentAction'] === 'IssueVoucher') {
    const voucher = records.nameBehind('VoucherDefinition', values['DefaultVoucherDefinitionId']);
    if (voucher !== undefined) return { voucher, maximum: number(values['MaximumVoucherCount']) };
    records.leaveOut(promotion, 'FulfillmentAction', 'it names no voucher definition of the program');
    return undefined;
  }
  const currency = records.nameBehind('LoyaltyProgramCurrency', values['LoyaltyProgramCurrencyId']);
  if (currency === undefined) {
    records.leaveOut(promotion, 'FulfillmentAction', 'it names no currency of the program');
    return undefined;
  }
  if (values['IsPointsWithFactor'] === true) return { factor: values['PointFactor'], currency };
  if (number(values['TotalRewardPoints']) === undefined) {
    records.leaveOut(promotion, 'FulfillmentAction', 'the promotion does not say how many points');
    return undefined;
  }
  return { points: values['TotalRewardPoints'], currency, maximum: number(values['MaximumRewardValue']) };
}

export function exportEngagementAttributes(records: ExportedRecords): unknown[] {
  return records.of('LoyaltyPgmEngmtAttribute').map((attribute) => {
    const { values } = attribute;
    const frequency = text(values['ValueResetFrequency']);
    return {
      name: nameOf(attribute),
      description: text(values['Description']),
      status: values['Status'],
      startDate: values['StartDate'],
      endDate: text(values['EndDate']),
      target: text(values['TargetValue']),
      defaultValue: text(values['DefaultValue']),
      reset: frequency && {
        frequency,
        on: text(values['ResetValueOn']),
        mostPerPeriod: number(values['MaximumResetCountPerPeriod']),
      },
      overwriteValue: values['ShouldOverwriteAttrCurrVal'],
    };
  });
}
