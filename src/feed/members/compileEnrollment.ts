import type { JournalTarget } from '../mapping/journalTarget.js';
import type { Mapping } from '../mapping/mapping.js';
import { compileKnownFields } from './memberMapping.js';
import { RowEnrollment } from './rowEnrollment.js';

/**
 * Returns what makes the details of members from rows. Undefined if nobody is to be enrolled.
 * @throws {FeedError} if the mapping does not say with what, or with the line and the field of a rule that cannot be used
 */
export function compileEnrollment(
  { enroll, place }: Pick<Mapping, 'enroll' | 'place'>,
  { members }: Pick<JournalTarget, 'members'>,
): RowEnrollment | undefined {
  if (members === undefined) return undefined;
  if (enroll === undefined)
    throw place.error(
      [],
      'members are to be enrolled, but the mapping does not say with what',
      'Add a section such as `enroll: { lastName: Surname, email: Email }` to the mapping, or leave out --unknown-members enroll.',
    );
  return new RowEnrollment(compileKnownFields(enroll.fields, members, place));
}
