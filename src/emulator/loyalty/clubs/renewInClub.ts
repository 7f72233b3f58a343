import { addToDay } from '../../../base/dayArithmetic.js';
import type { ClubRenewalRequest } from '../../../contract/endpoints/clubEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { tierExpiry } from '../engine/tierExpiry.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { momentGiven, startOf } from './clubDates.js';
import type { ClubMoment } from './clubDates.js';
import { clubNamed } from './clubDirectory.js';
import type { Club } from './clubDirectory.js';
import { writeLifecycle } from './membershipLifecycle.js';

interface ClubRenewal {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly clubName: string;
  readonly request: ClubRenewalRequest;
}

/**
 * A renewal moves the end of a membership. A period follows the old end without a gap, or begins today where the
 * membership has expired, which makes it active again. Both are inferred.
 *
 * @throws {ProcessFailure}
 */
export function renewInClub({ loyalty, writing, program, clubName, request }: ClubRenewal) {
  const { store, userId } = writing;
  const club = clubNamed(store, program, clubName);
  const row = membershipGiven(loyalty, store, { program, club, request });
  const oldEnd = textOrNull(row, 'TierExpirationDate');
  const today = loyalty.today();
  const begin = oldEnd !== null && oldEnd > today ? oldEnd : today;
  const end = newEnd(loyalty, store, { club, row, begin, request });
  if (end.day <= (oldEnd ?? today)) {
    throw new ProcessFailure(`The membership ends on ${oldEnd ?? 'no day'}, so it cannot be renewed until ${end.day}.`);
  }
  const values = { TierExpirationDate: end.day, TierExpirationTime: end.instant, Status: 'Active' };
  store.update('LoyaltyMemberTier', row.Id, values, { as: 'org', userId });
  const { notes, externalIdentifier, orderItemId } = request;
  writeLifecycle(writing, {
    ...{ memberId: String(row['LoyaltyMemberId']), memberTierId: row.Id, type: 'Renewal', status: 'Active' },
    ...{ start: startOf(loyalty, begin), end, notes, externalIdentifier, orderItemId },
  });
  const clubMembershipNumber = textOrNull(row, 'TierMemberIdentifier');
  return { clubMembershipEndDate: end.instant, clubMembershipNumber };
}

/** By one of the two numbers; if both are given, they have to name one membership. @throws {ProcessFailure} */
function membershipGiven(
  { members }: LoyaltyOrg,
  store: Store,
  { program, club, request }: { readonly program: Program; readonly club: Club; readonly request: ClubRenewalRequest },
): SObjectRow {
  const { clubMembershipNumber, loyaltyMembershipNumber } = request;
  if (clubMembershipNumber === undefined && loyaltyMembershipNumber === undefined) {
    throw new ProcessFailure('Give clubMembershipNumber or loyaltyMembershipNumber.');
  }
  const member =
    loyaltyMembershipNumber === undefined ? undefined : members.numbered(program.id, loyaltyMembershipNumber);
  const rows = store.find('LoyaltyMemberTier', { LoyaltyTierId: club.tier.Id }).filter((row) => {
    if (row['Status'] === 'Inactive') return false;
    if (clubMembershipNumber !== undefined && row['TierMemberIdentifier'] !== clubMembershipNumber) return false;
    return loyaltyMembershipNumber === undefined || row['LoyaltyMemberId'] === member?.id;
  });
  const found = rows.at(-1);
  if (found) return found;
  const named = [clubMembershipNumber, loyaltyMembershipNumber].filter((each) => each !== undefined).join(', ');
  throw new ProcessFailure(`The club ${club.name} has no member ${named}.`);
}

interface Renewed {
  readonly club: Club;
  readonly row: SObjectRow;
  /** `yyyy-MM-dd` on which a period begins. */
  readonly begin: string;
  readonly request: ClubRenewalRequest;
}

/** The given end, else the given period, else that of the group. @throws {ProcessFailure} */
function newEnd(loyalty: LoyaltyOrg, store: Store, { club, row, begin, request }: Renewed): ClubMoment {
  const { clubMembershipEndDate, renewalPeriod, renewalPeriodType } = request;
  if (clubMembershipEndDate !== undefined) return momentGiven(loyalty, 'clubMembershipEndDate', clubMembershipEndDate);
  if (renewalPeriod !== undefined && renewalPeriodType !== undefined) {
    return startOf(loyalty, addToDay(begin, renewalPeriod, renewalPeriodType));
  }
  const term = { memberId: String(row['LoyaltyMemberId']), groupId: club.group.Id };
  const day = tierExpiry(store, term, begin);
  if (day !== null && renewalPeriod === undefined && renewalPeriodType === undefined) return startOf(loyalty, day);
  throw new ProcessFailure('Give clubMembershipEndDate, or renewalPeriod and renewalPeriodType.');
}
