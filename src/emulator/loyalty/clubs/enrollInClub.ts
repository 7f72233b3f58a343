import type { ClubEnrollmentRequest } from '../../../contract/endpoints/clubEndpoints.js';
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
import { clubNamed, isCurrentMembership, membershipsIn, requireOpen } from './clubDirectory.js';
import type { Club } from './clubDirectory.js';
import { requireEligible } from './clubEligibility.js';
import { clubMemberOf } from './clubMember.js';
import { writeLifecycle } from './membershipLifecycle.js';

interface ClubEnrollment {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly clubName: string;
  readonly request: ClubEnrollmentRequest;
}

/**
 * A membership of a club is a LoyaltyMemberTier with its number in `TierMemberIdentifier`, and a LoyaltyMembershipLifecycle
 * tells its beginning. Fees (LoyaltyTierMshpFeeOption) are not charged. All of that is inferred from the objects.
 *
 * @throws {ProcessFailure}
 */
export function enrollInClub({ loyalty, writing, program, clubName, request }: ClubEnrollment): void {
  const { store, userId } = writing;
  const today = loyalty.today();
  const club = clubNamed(store, program, clubName);
  requireOpen(club, today);
  const member = clubMemberOf({ loyalty, writing, program, request });
  requireNewMembership(store, club, { member, request, today });
  requireEligible(store, club, { member, today });
  const { enrollmentDate, membershipEndDate } = request;
  const start =
    enrollmentDate === undefined ? startOf(loyalty, today) : momentGiven(loyalty, 'enrollmentDate', enrollmentDate);
  const end =
    membershipEndDate === undefined
      ? endOfPeriod(loyalty, store, { club, member, start })
      : momentGiven(loyalty, 'membershipEndDate', membershipEndDate);
  if (end && end.instant <= start.instant) {
    throw new ProcessFailure(`The membership would end on ${end.day}, and begin on ${start.day}.`);
  }
  const status = request.memberStatus ?? (club.tier['EligibleEnrollmentType'] === 'Trial' ? 'Trial' : 'Active');
  const values = {
    ...{ Name: club.name, LoyaltyMemberId: member.Id, LoyaltyTierId: club.tier.Id, LoyaltyTierGroupId: club.group.Id },
    ...{ TierMemberIdentifier: request.clubMembershipNumber, Status: status },
    ...{ EffectiveDate: start.day, EffectiveTime: start.instant, EnrollmentStartDate: start.day },
    ...{ TierExpirationDate: end?.day ?? null, TierExpirationTime: end?.instant ?? null },
    EnrollmentType: request.membershipBy ?? enrollmentTypeOf(club),
  };
  const memberTierId = store.insert('LoyaltyMemberTier', values, { as: 'org', userId });
  writeLifecycle(writing, { memberId: member.Id, memberTierId, type: 'New', status, start, end });
}

/** A membership that has expired gives way to the new one. @throws {ProcessFailure} */
function requireNewMembership(
  store: Store,
  club: Club,
  {
    member,
    request,
    today,
  }: { readonly member: SObjectRow; readonly request: ClubEnrollmentRequest; readonly today: string },
): void {
  const { clubMembershipNumber: number } = request;
  const holders = store.find('LoyaltyMemberTier', { LoyaltyTierId: club.tier.Id, TierMemberIdentifier: number });
  if (holders.some((row) => row['LoyaltyMemberId'] !== member.Id)) {
    throw new ProcessFailure(`The club ${club.name} has another member ${number}.`);
  }
  const held = membershipsIn(store, club, member.Id);
  if (held.some((row) => isCurrentMembership(row, today))) {
    throw new ProcessFailure(`${String(member['MembershipNumber'])} is a member of the club ${club.name} already.`);
  }
  for (const { Id } of held) store.update('LoyaltyMemberTier', Id, { Status: 'Inactive' }, { as: 'org' });
}

/** By the period of the group, as for tiers; without one, the membership does not end. */
function endOfPeriod(
  loyalty: LoyaltyOrg,
  store: Store,
  { club, member, start }: { readonly club: Club; readonly member: SObjectRow; readonly start: ClubMoment },
): ClubMoment | undefined {
  const day = tierExpiry(store, { memberId: member.Id, groupId: club.group.Id }, start.day);
  return day === null ? undefined : startOf(loyalty, day);
}

function enrollmentTypeOf({ tier }: Club): string {
  const types: Readonly<Record<string, string>> = { Paid: 'Paid', TierBased: 'Tier' };
  return types[textOrNull(tier, 'EligibleEnrollmentType') ?? ''] ?? 'Segment';
}
