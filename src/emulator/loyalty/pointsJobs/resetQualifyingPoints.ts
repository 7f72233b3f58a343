import type { CurrencyBalance } from '../engine/rewardBooks/memberCurrencies.js';
import { balanceOf } from '../engine/rewardBooks/memberCurrencies.js';
import type { OpenPoints } from '../engine/rewardBooks/pointsBook.js';
import { insertOrgJournal } from '../systemJournals.js';
import { numberOf, textOrNull } from '../rowValues.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { tierGroupsOf } from '../tiers/programTiers.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';
import { resetDates, resetModelOf } from '../engine/resetDates.js';
import type { ResetModel } from '../engine/resetDates.js';

/**
 * "Reset Qualifying Points": the balance becomes 0 on the day that the tier group says, and what it was is kept. Tiers
 * stay as they are: assessing them is another job. Journal type and ledger row are inferred.
 */
export function resetQualifyingPoints(call: PointsJobCall, count: PointsJobCount): void {
  const { store } = call.writing;
  for (const currency of call.currencies) {
    const group = currency.type === 'Qualifying' ? groupOf(call, currency) : undefined;
    if (!group) continue;
    const rows = store.find('LoyaltyMemberCurrency', { LoyaltyProgramCurrencyId: currency.id });
    const points = call.loyalty.engine.points.read(call.writing, new Set(rows.map(memberIdOf)));
    for (const row of rows) resetMember(call, { row, currency, group, points }, count);
    points.save();
  }
}

interface Reset {
  readonly row: SObjectRow;
  readonly currency: ProgramCurrency;
  readonly group: ResetModel;
  readonly points: OpenPoints;
}

/** A member who was enrolled, or had a reset, since the last day of the group is not due. */
function resetMember(call: PointsJobCall, { row, currency, group, points }: Reset, count: PointsJobCount): void {
  const { store, userId } = call.writing;
  const memberId = memberIdOf(row);
  const held = points.currencies.ofMember(memberId).find(({ id }) => id === row.Id);
  const enrolled = textOrNull(store.get('LoyaltyProgramMember', memberId), 'EnrollmentDate');
  if (!held || enrolled === null) return;
  const { latest, next } = resetDates(group, enrolled, call.today);
  const isDue = latest !== undefined && (textOrNull(row, 'LastResetDate') ?? enrolled) < latest;
  const values = { NextResetDate: next ?? null, ...(isDue && resetValues(row, held, call.today)) };
  store.update('LoyaltyMemberCurrency', row.Id, values, { as: 'org', userId });
  if (isDue) enterReset(call, { held, currency, points }, count);
}

/** What the fields say about the balance before a reset. */
function resetValues(row: SObjectRow, held: CurrencyBalance, today: string): Record<string, number | string> {
  return {
    LastResetDate: today,
    BalanceBeforeReset: balanceOf(held).toNumber(),
    PointsBalBeforeSecondLastReset: numberOf(row, 'BalanceBeforeReset'),
  };
}

function enterReset(
  call: PointsJobCall,
  { held, currency, points }: Pick<Reset, 'currency' | 'points'> & { readonly held: CurrencyBalance },
  count: PointsJobCount,
): void {
  const { loyalty, writing, programId } = call;
  const { memberId } = held;
  const balance = balanceOf(held);
  count.add(memberId, balance);
  if (balance.isZero()) return;
  const journal = insertOrgJournal(loyalty, writing, { programId, memberId, type: 'Qualifying Points Reset' });
  points.enter(journal, { kind: 'points', currency, points: balance.negated(), escrowDate: null });
}

/** The group that the currency names, or that names the currency, or the only one there is. */
function groupOf({ writing, programId }: PointsJobCall, { id, tierGroupId }: ProgramCurrency): ResetModel | undefined {
  const groups = tierGroupsOf(writing.store, programId);
  const own = groups.find((group) => group.Id === tierGroupId || group['TierAssessmentCurrencyId'] === id);
  const group = own ?? (groups.length === 1 && tierGroupId === '' ? groups[0] : undefined);
  return group && resetModelOf(group);
}

function memberIdOf(row: SObjectRow): string {
  return String(row['LoyaltyMemberId']);
}
