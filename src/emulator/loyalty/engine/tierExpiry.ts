import { addToDay, endOfMonth } from '../../../base/dayArithmetic.js';
import type { Store } from '../../store/store.js';
import { resetDates, resetModelOf } from './resetDates.js';
import { textOrNull } from '../rowValues.js';

/** A member, and a tier group. */
interface TierTerm {
  readonly memberId: string;
  readonly groupId: string;
}

/**
 * The day on which a tier expires that begins on a day, by the period of its group, and what the group extends it to.
 * Null for a group without a period. Days are `yyyy-MM-dd`.
 */
export function tierExpiry(store: Store, { memberId, groupId }: TierTerm, from: string): string | null {
  const group = store.get('LoyaltyTierGroup', groupId);
  if (!group) return null;
  const { TierPeriodQuantity: count, TierPeriodUnit: unit } = group;
  if (typeof count !== 'number' || count < 1 || (unit !== 'Months' && unit !== 'Years')) return null;
  const day = addToDay(from, count, unit);
  const enrolled = textOrNull(store.get('LoyaltyProgramMember', memberId), 'EnrollmentDate') ?? from;
  switch (group['ExtendExpiration']) {
    case 'TillEndOfMonth':
      return endOfMonth(day);
    case 'QualifyingPointsResetDate':
      return resetFrom({ ...resetModelOf(group), model: 'Fixed' }, enrolled, day);
    case 'MemberEnrollmentAnniversary':
      return resetFrom({ model: 'Anniversary', firstDate: null, everyYears: 1 }, enrolled, day);
    default:
      return day;
  }
}

/** The first reset on a day or after it; the day itself if there is none. */
function resetFrom(model: Parameters<typeof resetDates>[0], enrolled: string, day: string): string {
  const { latest, next } = resetDates(model, enrolled, day);
  return latest === day ? day : (next ?? day);
}
