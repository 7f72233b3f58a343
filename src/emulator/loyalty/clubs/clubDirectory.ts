import { isInPeriod } from '../../../base/dayPeriod.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { textOrNull } from '../rowValues.js';

/** A club is a LoyaltyTier in a group of the category Clubs. */
export interface Club {
  readonly tier: SObjectRow;
  readonly group: SObjectRow;
  readonly name: string;
}

/** The clubs of a program in active groups. */
export function clubsOf(store: Store, programId: string): Club[] {
  return store
    .find('LoyaltyTierGroup', { LoyaltyProgramId: programId, IsActive: true, Category: 'Clubs' })
    .flatMap((group) =>
      store
        .find('LoyaltyTier', { LoyaltyTierGroupId: group.Id })
        .map((tier) => ({ tier, group, name: String(tier['Name']) })),
    );
}

/** In any case, which is inferred. @throws {ProcessFailure} */
export function clubNamed(store: Store, program: Program, name: string): Club {
  const found = clubsOf(store, program.id).find((club) => club.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new ProcessFailure(`The loyalty program ${program.name} has no active club ${name}.`);
}

/** @param today `yyyy-MM-dd`. @throws {ProcessFailure} for a group of clubs that has not begun, or is over */
export function requireOpen({ group, name }: Club, today: string): void {
  const day = (field: string): string | null => textOrNull(group, field)?.slice(0, 10) ?? null;
  if (isInPeriod(today, day('StartDate'), day('EndDate'))) return;
  throw new ProcessFailure(`The club ${name} is not open today.`);
}

/** The rows of a member in a club that have not been ended, latest last. They may have expired. */
export function membershipsIn(store: Store, { tier }: Club, memberId: string): SObjectRow[] {
  return store
    .find('LoyaltyMemberTier', { LoyaltyMemberId: memberId, LoyaltyTierId: tier.Id })
    .filter((row) => row['Status'] !== 'Inactive');
}

/** @param today `yyyy-MM-dd`. The last day of a membership belongs to it. */
export function isCurrentMembership(row: SObjectRow, today: string): boolean {
  return isInPeriod(today, null, textOrNull(row, 'TierExpirationDate'));
}

/** The clubs that a member is in, of all programs. The book of tiers knows one of each group, and clubs may share one. */
export function clubMembershipsOf(
  store: Store,
  memberId: string,
  today: string,
): { readonly tierId: string; readonly until: string | null }[] {
  return store
    .find('LoyaltyMemberTier', { LoyaltyMemberId: memberId })
    .filter((row) => row['Status'] !== 'Inactive' && isCurrentMembership(row, today))
    .filter((row) => parentCategory(store, row) === 'Clubs')
    .map((row) => ({ tierId: String(row['LoyaltyTierId']), until: textOrNull(row, 'TierExpirationDate') }));
}

function parentCategory(store: Store, row: SObjectRow): string | null {
  const groupId = textOrNull(row, 'LoyaltyTierGroupId');
  return groupId === null ? null : textOrNull(store.get('LoyaltyTierGroup', groupId), 'Category');
}
