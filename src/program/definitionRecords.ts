import type { ProgramDefinition } from './definition.js';
import { named, ofProgram, record } from './programRecord.js';
import type { ProgramRecord } from './programRecord.js';

/**
 * Returns the records of a program. Each comes after the records that it refers to, and the LoyaltyProgram is the
 * first. Fields: Loyalty Management Developer Guide, "Standard Objects". Releases differ in which fields they require
 * besides those marked as required.
 */
export function recordsOf(definition: ProgramDefinition): [ProgramRecord, ...ProgramRecord[]] {
  const program = programRecord(definition);
  const tierGroup = definition.tierGroup && tierGroupRecord(definition.tierGroup, program);
  const currencies = definition.currencies.map((currency) => currencyRecord(currency, program, tierGroup));
  const journalTypes = definition.journalTypes.map(({ name }) =>
    record('JournalType', name, { fields: { ProcessType: 'Loyalty' } }),
  );
  return [
    program,
    ...(tierGroup ? [tierGroup] : []),
    ...currencies,
    ...(definition.tierGroup && tierGroup ? tierRecords(definition.tierGroup.tiers, tierGroup) : []),
    ...journalTypes,
    ...definition.journalTypes.flatMap(({ name, subtypes }) => subtypeRecords(subtypes, named(journalTypes, name))),
    ...definition.promotions.map((promotion) => promotionRecord(promotion, program, currencies)),
    ...definition.processes.map((process) => processRecord(process, program, { journalTypes, tierGroup })),
  ];
}

function programRecord({ name, description }: ProgramDefinition): ProgramRecord {
  return record('LoyaltyProgram', name, { fields: { Status: 'Active', Description: description } });
}

/**
 * Returns the record of the tier group. TierAssessmentCurrencyId stays empty: the currency refers to the group and so
 * comes after it, and a created record is not changed again.
 */
function tierGroupRecord(group: NonNullable<ProgramDefinition['tierGroup']>, program: ProgramRecord): ProgramRecord {
  return record('LoyaltyTierGroup', group.name, {
    ...ofProgram(program),
    fields: {
      IsActive: true,
      IsPrimary: true,
      TierModel: group.model,
      TierPeriodQuantity: group.period.quantity,
      TierPeriodUnit: group.period.unit,
      ExtendExpiration: 'None',
      QpResetDate: group.qualifyingPointsReset.date,
      QpResetFrequency: group.qualifyingPointsReset.everyYears,
      QpResetPeriod: 'Years',
    },
  });
}

function currencyRecord(
  currency: ProgramDefinition['currencies'][number],
  program: ProgramRecord,
  tierGroup: ProgramRecord | undefined,
): ProgramRecord {
  const expiry = currency.type === 'NonQualifying' ? currency.expiry : undefined;
  return record('LoyaltyProgramCurrency', currency.name, {
    ...ofProgram(program, currency.type === 'Qualifying' && tierGroup ? { LoyaltyTierGroupId: tierGroup } : {}),
    fields: {
      CurrencyType: currency.type,
      IsActive: true,
      IsPrimary: currency.primary,
      DoesAllowNegativeBalance: currency.allowNegativeBalance,
      ExpiryModel: expiry?.model,
      ExpiryPeriodFrequency: expiry?.after,
      ExpiryPeriodUnit: expiry?.unit,
    },
  });
}

type Tiers = NonNullable<ProgramDefinition['tierGroup']>['tiers'];

/**
 * Returns the records of the tiers. Balances have two decimals, so a tier that ends 0.01 below the next one leaves no
 * gap.
 */
function tierRecords(tiers: Tiers, tierGroup: ProgramRecord): ProgramRecord[] {
  return tiers.map(({ name, minimum }, index) => {
    const next = tiers[index + 1];
    return record('LoyaltyTier', name, {
      parentField: 'LoyaltyTierGroupId',
      references: { LoyaltyTierGroupId: tierGroup },
      fields: {
        SequenceNumber: index + 1,
        MinimumEligibleBalance: minimum,
        MaximumEligibleBalance: next && (next.minimum * 100 - 1) / 100,
      },
    });
  });
}

function subtypeRecords(names: readonly string[], journalType: ProgramRecord): ProgramRecord[] {
  return names.map((name) =>
    record('JournalSubType', name, {
      parentField: 'JournalTypeId',
      references: { JournalTypeId: journalType },
      fields: {},
    }),
  );
}

function promotionRecord(
  promotion: ProgramDefinition['promotions'][number],
  program: ProgramRecord,
  currencies: readonly ProgramRecord[],
): ProgramRecord {
  const { reward } = promotion;
  return record('Promotion', promotion.name, {
    ...ofProgram(program, reward ? { LoyaltyProgramCurrencyId: named(currencies, reward.currency) } : {}),
    fields: {
      Description: promotion.description,
      IsActive: true,
      LoyaltyPromotionType: promotion.type,
      StartDate: promotion.startDate,
      EndDate: promotion.endDate,
      CumulativeUsageTarget: promotion.target,
      IsEnrollmentRequired: promotion.enrollmentRequired,
      EnrollmentStartDate: promotion.enrollmentStartDate,
      EnrollmentEndDate: promotion.enrollmentEndDate,
      TransactionJournalType: promotion.journalType,
      FulfillmentAction: reward && 'CreditPoints',
      TotalRewardPoints: reward?.points,
      MaximumRewardValue: reward?.maximum,
    },
  });
}

interface ProcessTargets {
  readonly journalTypes: readonly ProgramRecord[];
  readonly tierGroup: ProgramRecord | undefined;
}

function processRecord(
  process: ProgramDefinition['processes'][number],
  program: ProgramRecord,
  { journalTypes, tierGroup }: ProcessTargets,
): ProgramRecord {
  return record('LoyaltyProgramProcess', process.name, {
    ...ofProgram(program, {
      ...(process.journalType && { JournalTypeId: named(journalTypes, process.journalType) }),
      ...(process.type === 'TierProcessing' && tierGroup && { LoyaltyTierGroupId: tierGroup }),
    }),
    fields: { ProcessType: process.type, ExecutionType: 'RealTime', Status: 'Active' },
  });
}
