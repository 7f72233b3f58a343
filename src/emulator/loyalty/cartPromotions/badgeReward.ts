import { addToDay } from '../../../base/dayArithmetic.js';
import { definedValues } from '../../../base/definedValues.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { givenDay } from '../givenDay.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';

/** A badge as a reward names it. */
export interface GivenBadge {
  readonly badgeName: string;
  readonly status: string | undefined;
  readonly endDate: string | undefined;
  readonly reason: string | undefined;
}

interface BadgeAssignment {
  readonly program: Program;
  readonly memberId: string;
  /** `yyyy-MM-dd` */
  readonly today: string;
}

/** Gives an active badge of the program to the member. @returns its Id. @throws {ProcessFailure} */
export function assignBadge(
  { store, userId }: WriteContext,
  { badgeName, status = 'Active', endDate, reason }: GivenBadge,
  { program, memberId, today }: BadgeAssignment,
): string {
  const badge = store.first('LoyaltyProgramBadge', { Name: badgeName, LoyaltyProgramId: program.id, Status: 'Active' });
  if (!badge) throw new ProcessFailure(`${program.name} has no active badge ${badgeName}.`);
  const values = {
    LoyaltyProgramBadgeId: badge.Id,
    LoyaltyProgramMemberId: memberId,
    StartDate: today,
    EndDate: givenDay('badgeValidityEndDate', endDate) ?? lastDay(badge, today),
    Status: status,
    Reason: reason,
  };
  return store.insert('LoyaltyProgramMemberBadge', definedValues(values), { as: 'org', userId });
}

/** As the badge says, unless the reward does. */
function lastDay(badge: SObjectRow, today: string): string | undefined {
  if (badge['ValidityType'] !== 'Period') return textOrNull(badge, 'ValidityEndDate') ?? undefined;
  const unit = badge['ValidityDurationUnit'] === 'Months' ? 'Months' : 'Days';
  return addToDay(today, numberOf(badge, 'ValidityDuration'), unit);
}

/** A badge as real-time journals answer it. Keys without a value are left out. */
export function assignedBadge(store: Store, id: string): Record<string, unknown> {
  const given = store.get('LoyaltyProgramMemberBadge', id);
  const badge = given && parentOf(store, given, 'LoyaltyProgramBadgeId', 'LoyaltyProgramBadge');
  return definedValues({
    badgeValidityEndDate: textOrNull(given, 'EndDate') ?? undefined,
    loyaltyProgramBadgeName: textOrNull(badge, 'Name') ?? undefined,
    memberBadgeStatus: textOrNull(given, 'Status') ?? undefined,
    reason: textOrNull(given, 'Reason') ?? undefined,
  });
}
