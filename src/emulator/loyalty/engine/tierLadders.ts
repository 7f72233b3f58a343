import type { Decimal } from '../../../base/decimal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programText } from '../programDirectory.js';
import type { ProgramCurrency } from '../rules/reward.js';

export interface Rung {
  readonly tierId: string;
  readonly name: string;
  /** Balance from which the tier is held; null for one without a minimum. */
  readonly minimum: number | null;
}

/** The tiers of one group, lowest first, and the currency whose balance decides. */
export interface TierLadder {
  readonly groupId: string;
  readonly currencyId: string;
  readonly rungs: readonly Rung[];
}

/** Ladders of the program that can be climbed: active groups with a qualifying currency and a minimum on some tier. */
export function tierLadders(store: Store, programId: string, currencies: readonly ProgramCurrency[]): TierLadder[] {
  return store
    .find('LoyaltyTierGroup', { LoyaltyProgramId: programId, IsActive: true })
    .filter((group) => group['Category'] !== 'Clubs')
    .map((group) => toLadder(store, group, currencies))
    .filter((ladder) => ladder !== undefined);
}

/** The highest tier whose minimum the balance reaches; the lowest tier when it reaches none. */
export function rungFor({ rungs }: TierLadder, balance: Decimal): Rung | undefined {
  return rungs.findLast(({ minimum }) => minimum !== null && balance.greaterThanOrEqualTo(minimum)) ?? rungs[0];
}

function toLadder(store: Store, group: SObjectRow, currencies: readonly ProgramCurrency[]): TierLadder | undefined {
  const currencyId = assessedCurrency(group, currencies);
  const rungs = store
    .find('LoyaltyTier', { LoyaltyTierGroupId: group.Id })
    .sort((a, b) => Number(a['SequenceNumber']) - Number(b['SequenceNumber']))
    .map((tier) => ({
      tierId: tier.Id,
      name: programText(tier, 'Name'),
      minimum: tier['MinimumEligibleBalance'] as number | null,
    }));
  const isClimbable = rungs.some(({ minimum }) => minimum !== null);
  return currencyId !== undefined && isClimbable ? { groupId: group.Id, currencyId, rungs } : undefined;
}

/** The one that the group names, else the qualifying one tied to the group, else the only qualifying one there is. */
function assessedCurrency(group: SObjectRow, currencies: readonly ProgramCurrency[]): string | undefined {
  const qualifying = currencies.filter(({ type }) => type === 'Qualifying');
  const tied = qualifying.find(({ tierGroupId }) => tierGroupId === group.Id);
  const only = qualifying.length === 1 && qualifying[0]?.tierGroupId === '' ? qualifying[0] : undefined;
  return programText(group, 'TierAssessmentCurrencyId') || (tied ?? only)?.id;
}
