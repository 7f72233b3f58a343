import type { OrgRecord } from '../org/readOrgProgram.js';
import type { ExportedRecords } from './exportedRecords.js';
import { nameOf, number, text } from './exportedRecords.js';

export function exportTierGroups(records: ExportedRecords): unknown[] {
  return tierGroupsOf(records).map((group) => {
    const { values } = group;
    if (values['ExtendExpiration'] !== 'None')
      records.leaveOut(group, 'ExtendExpiration', 'tiers end with their period');
    return {
      name: nameOf(group),
      description: text(values['Description']),
      active: values['IsActive'],
      primary: values['IsPrimary'],
      model: values['TierModel'] ?? undefined,
      period: { quantity: values['TierPeriodQuantity'], unit: values['TierPeriodUnit'] },
      qualifyingPointsReset: { date: values['QpResetDate'], everyYears: values['QpResetFrequency'] ?? undefined },
      tiers: tiersOf(records, group),
    };
  });
}

/** Groups of clubs are left out. */
function tierGroupsOf(records: ExportedRecords): OrgRecord[] {
  return records.of('LoyaltyTierGroup').filter((group) => {
    if (group.values['Category'] !== 'Clubs') return true;
    const clubs = records.under('LoyaltyTier', 'LoyaltyTierGroupId', group).map((club) => `"${nameOf(club)}"`);
    const which = clubs.length === 0 ? '' : `, such as ${clubs.join(', ')}`;
    records.leaveOutRecord(group, `a definition has no clubs${which}`);
    return false;
  });
}

function tiersOf(records: ExportedRecords, group: OrgRecord): unknown[] {
  const tiers = records.under('LoyaltyTier', 'LoyaltyTierGroupId', group).toSorted((a, b) => sequence(a) - sequence(b));
  return tiers.map((tier, index) => {
    const { values } = tier;
    noteGap(records, tier, tiers.slice(index + 1));
    return {
      name: nameOf(tier),
      description: text(values['Description']),
      minimum: values['MinimumEligibleBalance'] ?? undefined,
      enrollment: text(values['EligibleEnrollmentType']),
      benefits: records
        .under('LoyaltyTierBenefit', 'LoyaltyTierId', tier)
        .map((link) => records.nameBehind('Benefit', link.values['BenefitId']))
        .toSorted(),
      fees: feesOf(records, tier),
    };
  });
}

function sequence({ values }: OrgRecord): number {
  return number(values['SequenceNumber']) ?? 0;
}

/** A tier ends 0.01 below the next one that has a minimum. */
function noteGap(records: ExportedRecords, tier: OrgRecord, higher: readonly OrgRecord[]): void {
  const next = higher.map(({ values }) => number(values['MinimumEligibleBalance'])).find((each) => each !== undefined);
  const maximum = number(tier.values['MaximumEligibleBalance']);
  if (maximum === undefined || (next !== undefined && Math.round(maximum * 100) === Math.round(next * 100) - 1)) return;
  records.leaveOut(tier, 'MaximumEligibleBalance', 'a tier ends 0.01 below the next one');
}

function feesOf(records: ExportedRecords, tier: OrgRecord): unknown[] {
  const fees = records.under('LoyaltyTierMshpFeeOption', 'LoyaltyTierId', tier);
  const exported = fees.filter((fee) => {
    if (fee.values['IsActive'] === true) return true;
    records.leaveOutRecord(fee, 'the fee option is not active');
    return false;
  });
  return exported
    .map(({ values }) => ({
      type: text(values['FeeType']),
      duration: text(values['MembershipDurationType']),
      amount: number(values['MembershipFee']),
      points: number(values['Points']),
    }))
    .toSorted((a, b) => (`${a.type} ${a.duration}` < `${b.type} ${b.duration}` ? -1 : 1));
}

export function exportCurrencies(records: ExportedRecords): Record<string, unknown>[] {
  return records.of('LoyaltyProgramCurrency').map((currency) => {
    const { values } = currency;
    const shared = {
      name: nameOf(currency),
      type: values['CurrencyType'],
      active: values['IsActive'],
      primary: values['IsPrimary'],
      allowNegativeBalance: whereSet(values['DoesAllowNegativeBalance']),
    };
    if (values['CurrencyType'] === 'Qualifying') {
      return { ...shared, tierGroup: records.tierGroupOf(currency) };
    }
    return {
      ...shared,
      expiry: expiryOf(currency),
      escrow: whereSet(values['HasEscrow']),
      ledgerTracing: whereSet(values['DoesAllowLedgerTracing']),
    };
  });
}

/** False is the default of the org. */
function whereSet(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

function expiryOf({ values }: OrgRecord): unknown {
  if (values['ExpiryModel'] === null || values['ExpiryModel'] === undefined) return 'never';
  return {
    model: values['ExpiryModel'],
    after: values['ExpiryPeriodFrequency'],
    unit: values['ExpiryPeriodUnit'],
    tillEndOfMonth: values['ExtendExpiration'] === 'TillEndOfMonth',
  };
}
