import { csvLine } from '../../base/csv/csvCell.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import { dayNumber } from '../feed/calendarDays.js';
import type { MembersOptions } from '../feed/feedOptions.js';
import { resolveMembers } from '../feed/feedOptions.js';
import { generateMembers } from '../feed/generateMembers.js';
import { membershipNumber } from '../feed/membership.js';

/** The members of a feed, by index from 0. */
export interface FeedMembers {
  readonly count: number;
  number(index: number): string;
  /** Days since 1970. Nobody buys anything before, as long as somebody else can. */
  enrolledOn(index: number): number;
  /** Rows of a file for `enroll member --file`, with a header. */
  lines(): Iterable<string>;
}

/** Made-up members have all enrolled before the first day. @throws {RangeError} for an option out of range */
export function madeUpMembersOf(options: MembersOptions): FeedMembers {
  const { members: count } = resolveMembers(options);
  return {
    count,
    number: membershipNumber,
    enrolledOn: () => Number.NEGATIVE_INFINITY,
    lines: () => generateMembers(options),
  };
}

/** @throws {RangeError} if the definition has no members */
export function membersOf(definition: ProgramDefinition | undefined): FeedMembers {
  const members = definition?.members ?? [];
  if (members.length === 0) {
    const why =
      definition === undefined ? 'There is no definition' : `The definition of "${definition.name}" has no members`;
    throw new RangeError(`${why}: say how many members to make up.`);
  }
  const days = members.map(({ enrollmentDate }) => dayNumber(enrollmentDate));
  return {
    count: members.length,
    number: (index) => members[index]?.number ?? '',
    enrolledOn: (index) => days[index] ?? Number.NEGATIVE_INFINITY,
    lines: () => [
      csvLine(['membershipNumber', 'firstName', 'lastName', 'email', 'enrollmentDate']),
      ...members.map(({ number, firstName = '', lastName, email = '', enrollmentDate }) =>
        csvLine([number, firstName, lastName, email, enrollmentDate]),
      ),
    ],
  };
}
