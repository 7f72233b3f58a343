import { dateReader } from '../../../base/dateReader.js';
import { definedValues } from '../../../base/definedValues.js';
import { shortId } from '../../../base/sameId.js';
import type {
  CorporateEnrollmentRequest,
  IndividualEnrollmentRequest,
} from '../../../contract/endpoints/enrollmentEndpoints.js';
import { refused, UnreadableValue } from '../../orgRefusal.js';
import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';
import { attributesOf } from './attributesOf.js';
import { createEnrollmentJournal } from './enrollmentJournals.js';

type MemberRequest = IndividualEnrollmentRequest | CorporateEnrollmentRequest;

export interface NewMembership {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly request: MemberRequest;
}

/** @throws {OrgRefusal} 400 DUPLICATE_VALUE for a number that the program has */
export function requireNewNumber({ members }: LoyaltyOrg, program: Program, membershipNumber: string): void {
  const holder = members.numbered(program.id, membershipNumber);
  if (!holder) return;
  const message = `duplicate value found: MembershipNumber duplicates value on record with id: ${shortId(holder.id)}`;
  throw refused('DUPLICATE_VALUE', message);
}

/**
 * Inserts the membership, and the journals that the request asks for.
 *
 * @param owner fields that say whose membership it is
 * @returns what the answers of all enrollments have
 */
export function createMember(enrollment: NewMembership, owner: GivenValues, referrer: Member | undefined) {
  const { writing, program, request } = enrollment;
  const { membershipNumber } = request;
  const own = { ...owner, ...(referrer && { ReferredById: referrer.id }), ProgramId: program.id };
  const values = { ...memberFields(request), ...own };
  const id = writing.store.insert('LoyaltyProgramMember', values, { userId: writing.userId });
  return {
    loyaltyProgramMemberId: shortId(id),
    loyaltyProgramName: program.name,
    membershipNumber,
    transactionJournals: createJournals(enrollment, { id, membershipNumber }, referrer),
  };
}

function createJournals({ loyalty, writing, program, request }: NewMembership, member: Member, referrer?: Member) {
  // Read in any case, so that a bad date is refused whether journals are asked for or not.
  const activityDate = instantOf(loyalty, request.enrollmentDate, 'enrollmentDate');
  if (request.createTransactionJournals !== true) return [];
  const enrolled = createEnrollmentJournal(writing, { program, activityDate, member });
  if (!referrer) return [enrolled];
  return [enrolled, createEnrollmentJournal(writing, { program, activityDate, member: referrer, referred: member })];
}

/** The date is the org's local time, unless it carries an offset, as the SDK's does. As it is stored: whole seconds. */
export function instantOf({ org: { settings } }: LoyaltyOrg, dateTime: string, key: string): string {
  const reading = dateReader({ zone: settings.timeZone })(dateTime);
  const stored = 'instant' in reading ? toStoredDateTime(reading.instant) : undefined;
  if (stored !== undefined) return stored;
  throw new UnreadableValue('datetime', `VALUE_STRING value ${dateTime}`, key);
}

/** These inputs are date-times, and their fields are dates: the day that was written. */
export function enrollmentDay(dateTime: string | undefined, key: string): string | undefined {
  if (dateTime === undefined) return undefined;
  if (toStoredDateTime(dateTime) !== undefined) return dateTime.slice(0, 10);
  throw new UnreadableValue('datetime', `VALUE_STRING value ${dateTime}`, key);
}

/** An input of its own goes before an attribute of the same field. */
function memberFields(request: MemberRequest): Record<string, unknown> {
  const { enrollmentChannel: channel } = request;
  const inputs = {
    MembershipNumber: request.membershipNumber,
    MemberStatus: request.memberStatus,
    EnrollmentDate: enrollmentDay(request.enrollmentDate, 'enrollmentDate'),
    MembershipEndDate: enrollmentDay(request.membershipEndDate, 'membershipEndDate'),
    // The field spells it in capitals.
    EnrollmentChannel: channel === 'Pos' ? 'POS' : channel,
    CanReceivePromotions: request.canReceivePromotions,
    CanReceivePartnerPromotions: request.canReceivePartnerPromotions,
    StatementFrequency: request.transactionJournalStatementFrequency,
    StatementMethod: request.transactionJournalStatementMethod,
  };
  return { ...attributesOf(request.additionalMemberFieldValues), ...definedValues(inputs) };
}
