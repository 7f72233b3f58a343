import { decimalOf } from '../../base/decimal.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { Tier, TierGroup } from '../definition/tierShapes.js';
import type { ProgramRecord, ProgramRecords } from './programRecord.js';

/** What belongs to a program refers to it. */
export type ProgramOwner = Readonly<Record<'LoyaltyProgramId', ProgramRecord>>;

/**
 * Adds the tier groups. TierAssessmentCurrencyId stays empty: the currency refers to the group and so comes after it.
 */
export function addTierGroups(records: ProgramRecords, groups: readonly TierGroup[], owner: ProgramOwner): void {
  for (const { name, description, active, primary, model, period, qualifyingPointsReset: reset } of groups) {
    const fields = {
      Description: description,
      IsActive: active,
      IsPrimary: primary,
      TierModel: model,
      TierPeriodQuantity: period.quantity,
      TierPeriodUnit: period.unit,
      ExtendExpiration: 'None',
      QpResetDate: reset.date,
      QpResetFrequency: reset.everyYears,
      QpResetPeriod: 'Years',
    };
    records.add('LoyaltyTierGroup', name, { owner, fields });
  }
}

export function addCurrencies(
  records: ProgramRecords,
  { currencies, tierGroups }: ProgramDefinition,
  owner: ProgramOwner,
): void {
  for (const currency of currencies) {
    const { name, type, active, primary, allowNegativeBalance } = currency;
    const shared = { CurrencyType: type, IsActive: active, IsPrimary: primary };
    const common = { ...shared, DoesAllowNegativeBalance: allowNegativeBalance };
    if (type === 'Qualifying') {
      const LoyaltyTierGroupId = tierGroupRecord(records, currency.tierGroup, tierGroups);
      records.add('LoyaltyProgramCurrency', name, { owner, references: { LoyaltyTierGroupId }, fields: common });
      continue;
    }
    const expiry = currency.expiry === 'never' ? undefined : currency.expiry;
    const fields = {
      ...common,
      ExpiryModel: expiry?.model ?? null,
      ExpiryPeriodFrequency: expiry?.after ?? null,
      ExpiryPeriodUnit: expiry?.unit ?? null,
      ExtendExpiration: expiry?.tillEndOfMonth ? 'TillEndOfMonth' : null,
      HasEscrow: currency.escrow,
      DoesAllowLedgerTracing: currency.ledgerTracing,
    };
    records.add('LoyaltyProgramCurrency', name, { owner, fields });
  }
}

/** Finds a tier group by name, or the only one. */
export function tierGroupRecord(
  records: ProgramRecords,
  chosen: string | undefined,
  groups: readonly TierGroup[],
): ProgramRecord {
  return records.named('LoyaltyTierGroup', chosen ?? groups[0]?.name ?? '');
}

/** Adds the tiers, with their benefits and fees. Benefits come before them. */
export function addTiers(records: ProgramRecords, { tierGroups }: ProgramDefinition): void {
  for (const { name, tiers } of tierGroups) {
    const owner = { LoyaltyTierGroupId: records.named('LoyaltyTierGroup', name) };
    for (const [index, tier] of tiers.entries()) {
      const fields = {
        Description: tier.description,
        SequenceNumber: index + 1,
        MinimumEligibleBalance: tier.minimum ?? null,
        MaximumEligibleBalance: tier.minimum === undefined ? null : endBelow(tiers.slice(index + 1)),
        EligibleEnrollmentType: tier.enrollment,
      };
      addTierParts(records, tier, records.add('LoyaltyTier', tier.name, { owner, fields }));
    }
  }
}

/** Balances have two decimals, so a tier that ends 0.01 below the next one leaves no gap. */
function endBelow(higher: readonly Tier[]): number | null {
  const next = higher.find(({ minimum }) => minimum !== undefined)?.minimum;
  return next === undefined ? null : decimalOf(next).minus('0.01').toNumber();
}

function addTierParts(records: ProgramRecords, { benefits, fees }: Tier, tier: ProgramRecord): void {
  const LoyaltyTierId = tier;
  for (const benefit of benefits) {
    const references = { LoyaltyTierId, BenefitId: records.named('Benefit', benefit) };
    records.link('LoyaltyTierBenefit', references, { fields: { Name: benefit } });
  }
  for (const { type, duration, amount, points } of fees) {
    const prices = { MembershipFee: amount ?? null, Points: points ?? null };
    const fields = { FeeType: type, MembershipDurationType: duration, ...prices };
    const identity = ['FeeType', 'MembershipDurationType'];
    records.link('LoyaltyTierMshpFeeOption', { LoyaltyTierId }, { fields: { ...fields, IsActive: true }, identity });
  }
}
