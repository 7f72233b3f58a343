import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programText } from '../programDirectory.js';
import type { PointsExpiry, RewardingPromotion, ProgramCurrency } from '../rules/reward.js';

/** The active currencies of the program, in the order of their creation. */
export function programCurrencies(store: Store, programId: string): ProgramCurrency[] {
  const rows = store.find('LoyaltyProgramCurrency', { LoyaltyProgramId: programId, IsActive: true });
  const hasEscrow = rows.some((row) => row['HasEscrow'] === true);
  const escrowDays = hasEscrow ? store.get('LoyaltyProgram', programId)?.['EscrowPeriod'] : null;
  return rows.map((row) => ({
    id: row.Id,
    name: programText(row, 'Name'),
    type: row['CurrencyType'] === 'Qualifying' ? 'Qualifying' : 'NonQualifying',
    isPrimary: row['IsPrimary'] === true,
    tierGroupId: programText(row, 'LoyaltyTierGroupId'),
    allowsNegativeBalance: row['DoesAllowNegativeBalance'] === true,
    expiry: pointsExpiry(row),
    hasEscrow: row['HasEscrow'] === true,
    escrowDays: typeof escrowDays === 'number' ? escrowDays : null,
    isTraced: row['DoesAllowLedgerTracing'] === true,
  }));
}

/** Qualifying points are reset, and do not expire. An incomplete period is none. */
function pointsExpiry(row: SObjectRow): PointsExpiry | undefined {
  const { ExpiryModel: model, ExpiryPeriodFrequency: count, ExpiryPeriodUnit: unit } = row;
  if (row['CurrencyType'] === 'Qualifying' || (model !== 'Fixed' && model !== 'Activity')) return undefined;
  if (typeof count !== 'number' || (unit !== 'Days' && unit !== 'Months' && unit !== 'Years')) return undefined;
  return { model, count, unit, tillEndOfMonth: row['ExtendExpiration'] === 'TillEndOfMonth' };
}

/** The active promotions that count towards a target. One without a target keeps its progress somewhere else. */
export function cumulativePromotionsOf(store: Store, programId: string): RewardingPromotion[] {
  const criteria = { LoyaltyProgramId: programId, IsActive: true, LoyaltyPromotionType: 'Cumulative' };
  return store
    .find('Promotion', criteria)
    .filter((row) => Number(row['CumulativeUsageTarget']) > 0 && row['TransactionJournalType'] !== 'Redemption')
    .map((row) => toCumulativePromotion(store, row));
}

export function toCumulativePromotion(store: Store, row: SObjectRow): RewardingPromotion {
  return {
    target: Number(row['CumulativeUsageTarget']),
    mostRounds: roundsAllowed(store, row.Id),
    id: row.Id,
    name: programText(row, 'Name'),
    needsEnrollment: row['IsEnrollmentRequired'] === true,
    startDate: programText(row, 'StartDate'),
    endDate: programText(row, 'EndDate') || null,
  };
}

/**
 * A promotion with a limit of type UsagePerCustomer starts again when a member reaches its target, as often as the limit
 * says (inferred: in an org, whether it starts again is up to the rule).
 */
function roundsAllowed(store: Store, promotionId: string): number {
  const [limit] = store.find('PromotionLimit', { PromotionId: promotionId, Type: 'UsagePerCustomer' });
  return Math.floor(Number(limit?.['Value'] ?? 0));
}

/** How a process is run: in real time, or by a batch job. */
export type Execution = 'RealTime' | 'Batch';

/** Matches journals: an active process of type TransactionJournal. */
export interface JournalProcess {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  /** Empty: any. */
  readonly subTypeId: string;
}

export function journalProcessesOf(
  store: Store,
  programId: string,
  execution: Execution = 'RealTime',
): JournalProcess[] {
  const criteria = { LoyaltyProgramId: programId, ProcessType: 'TransactionJournal', Status: 'Active' };
  return store
    .find('LoyaltyProgramProcess', criteria)
    .filter((row) => [execution, 'BatchAndRealTime'].includes(programText(row, 'ExecutionType') || 'RealTime'))
    .map((row) => ({
      id: row.Id,
      name: programText(row, 'Name'),
      typeId: programText(row, 'JournalTypeId'),
      subTypeId: programText(row, 'JournalSubTypeId'),
    }));
}

/** The process for the type and subtype; one that names the subtype goes before one that takes any. */
export function matchingProcess(
  processes: readonly JournalProcess[],
  { typeId, subTypeId }: { readonly typeId: string | null; readonly subTypeId: string | null },
): JournalProcess | undefined {
  const ofType = processes.filter((process) => process.typeId !== '' && process.typeId === typeId);
  return (
    ofType.find((process) => process.subTypeId !== '' && process.subTypeId === subTypeId) ??
    ofType.find((process) => process.subTypeId === '')
  );
}
