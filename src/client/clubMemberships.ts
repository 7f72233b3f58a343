import type { ClubMember } from '../contract/endpoints/clubEndpoints.js';
import { dayInZone } from '../base/dayInZone.js';
import { definedValues } from '../base/definedValues.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { readOrgZone } from './orgZone.js';
import { verdict } from './failures/verdict.js';

/** What is known of a membership. Dates are as the org writes them; null for none, or none that it tells. */
export interface ClubMembership {
  readonly clubMembershipNumber: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

export interface ClubToJoin {
  readonly membershipNumber: string;
  readonly club: string;
  /** Default: the membership number in the program. */
  readonly clubMembershipNumber?: string | undefined;
  /** `yyyy-MM-ddTHH:mm:ss`, in the org's local time. */
  readonly enrollmentDate?: string | undefined;
  readonly membershipEndDate?: string | undefined;
  readonly memberStatus?: string | undefined;
}

/**
 * Enrolls a member in a club, unless it is in it. So it can be repeated after a lost answer. If the membership cannot be
 * read afterwards, what was sent is returned.
 */
export async function joinClub(
  client: Pick<LoyaltyClient, 'clubs' | 'orgTime'>,
  program: string,
  { membershipNumber, club, clubMembershipNumber = membershipNumber, memberStatus = 'Active', ...dates }: ClubToJoin,
): Promise<{ readonly status: 'enrolled' | 'exists' } & ClubMembership> {
  const { clubs } = client;
  const before = await clubs.membership(program, club, membershipNumber);
  if (before && hasNotEnded(before, client.orgTime ?? Date.now())) return { status: 'exists', ...standing(before) };
  const request = { clubMembershipNumber, loyaltyMembershipNumber: membershipNumber, memberStatus };
  await clubs.enroll(program, club, { ...request, ...definedValues(dates) });
  const after = await clubs.membership(program, club, membershipNumber).catch(() => undefined);
  const sent = { clubMembershipNumber, startDate: dates.enrollmentDate, endDate: dates.membershipEndDate };
  return { status: 'enrolled', ...(after ? standing(after) : { ...standing({}), ...definedValues(sent) }) };
}

export interface ClubToRenew {
  readonly membershipNumber: string;
  readonly club: string;
  /** `yyyy-MM-dd` or a date-time. */
  readonly endDate?: string | undefined;
  /** Instead of an end. Without both, the org decides. */
  readonly period?: { readonly count: number; readonly unit: 'Days' | 'Months' | 'Years' } | undefined;
  readonly notes?: string | undefined;
}

/**
 * What is known after a renewal. `already`: the membership has that end, and nothing was sent. `unclear`: the answer was
 * lost, and the end has changed, by this call or by another sender.
 */
export interface ClubRenewal {
  readonly status: 'renewed' | 'already' | 'unclear';
  readonly clubMembershipNumber: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Moves the end of a club membership. A renewal by a period cannot be repeated, so after a lost answer the end is read
 * again.
 */
export async function renewClub(
  { clubs, query }: Pick<LoyaltyClient, 'clubs' | 'query'>,
  program: string,
  { membershipNumber, club, endDate, period, notes }: ClubToRenew,
): Promise<ClubRenewal> {
  const old = await clubs.membership(program, club, membershipNumber);
  const before = old?.membershipEndDate ?? null;
  const clubMembershipNumber = old?.clubMembershipNumber ?? null;
  if (endDate !== undefined && before !== null && (await isSameEnd({ query }, before, endDate))) {
    return { status: 'already', clubMembershipNumber, before, after: before };
  }
  const request = {
    loyaltyMembershipNumber: membershipNumber,
    clubMembershipEndDate: endDate?.length === 10 ? `${endDate}T00:00:00` : endDate,
    renewalPeriod: period?.count,
    renewalPeriodType: period?.unit,
    notes,
  };
  try {
    const answer = await clubs.renew(program, club, definedValues(request));
    const after = answer.clubMembershipEndDate ?? null;
    const number = answer.clubMembershipNumber ?? clubMembershipNumber;
    return { status: 'renewed', clubMembershipNumber: number, before, after };
  } catch (error) {
    if (verdict(error).kind !== 'unknown') throw error;
    const now = await clubs.membership(program, club, membershipNumber).catch(() => undefined);
    const after = now?.membershipEndDate ?? null;
    if (now === undefined || after === before) throw error;
    return { status: 'unclear', clubMembershipNumber, before, after };
  }
}

function standing({ clubMembershipNumber, membershipStartDate, membershipEndDate }: ClubMember): ClubMembership {
  return {
    clubMembershipNumber: clubMembershipNumber ?? null,
    startDate: membershipStartDate ?? null,
    endDate: membershipEndDate ?? null,
  };
}

const day = 86_400_000;

/** The last day belongs to the membership. */
function hasNotEnded({ membershipEndDate: end }: ClubMember, now: number): boolean {
  return !end || Date.parse(end) + day > now;
}

/** Whether a membership ends when it is to end: on a day in the org's time zone, or at an instant. */
async function isSameEnd(client: Pick<LoyaltyClient, 'query'>, end: string, wanted: string): Promise<boolean> {
  if (!isInstant(end)) return dayOf(end) === dayOf(wanted);
  if (isInstant(wanted)) return Date.parse(end) === Date.parse(wanted);
  // Who may not read the org's zone gets days in UTC.
  const { zone } = await readOrgZone(client).catch(() => ({ zone: 'UTC' }));
  return dayInZone(Date.parse(end), zone) === dayOf(wanted);
}

/** A date-time with an offset. */
function isInstant(date: string): boolean {
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(date);
}

function dayOf(date: string): string {
  return date.slice(0, 10);
}
