import { seededRandom } from '../../base/random.js';
import { csvLine } from '../../base/csv/csvCell.js';
import { calendarDay } from './calendarDays.js';
import { pick } from './randomDraw.js';
import { membershipNumber } from './membership.js';
import { firstNames, lastNames } from './memberNames.js';
import { resolveMembers } from './feedOptions.js';
import type { MembersOptions } from './feedOptions.js';

const header = ['membershipNumber', 'firstName', 'lastName', 'email', 'enrollmentDate'];

/**
 * Generates the members of a feed, as rows of a file for an enrollment. Dates are `yyyy-MM-dd`. Yields the header, then
 * one row per member.
 *
 * @throws {RangeError} for an option out of range
 */
export function* generateMembers(options: MembersOptions): Generator<string, void, void> {
  yield csvLine(header);
  for (const { number, firstName, lastName, email, enrollmentDate } of madeUpMembers(options)) {
    yield csvLine([number, firstName, lastName, email, enrollmentDate]);
  }
}

export interface MadeUpMember {
  readonly number: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** `yyyy-MM-dd` */
  readonly enrollmentDate: string;
}

/** Yields the members of a generated feed. @throws {RangeError} for an option out of range */
export function* madeUpMembers(options: MembersOptions): Generator<MadeUpMember, void, void> {
  const { seed, members, firstDay } = resolveMembers(options);
  const random = seededRandom(seed);
  for (let index = 0; index < members; index++) {
    const number = membershipNumber(index);
    const firstName = pick(random, firstNames);
    const lastName = pick(random, lastNames);
    const enrollmentDate = calendarDay(firstDay - random.integer(1, 365));
    yield { number, firstName, lastName, email: emailOf(firstName, lastName, number), enrollmentDate };
  }
}

/**
 * Returns an address that contains the membership number, so that no two members share it and no duplicate rule of an
 * org matches.
 */
function emailOf(first: string, last: string, number: string): string {
  return `${plain(first)}.${plain(last)}.${plain(number)}@example.com`;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
