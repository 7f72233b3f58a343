import { shortId } from '../../../base/sameId.js';
import { dateReader } from '../../../base/dateReader.js';
import { definedValues } from '../../../base/definedValues.js';
import { enrollmentEndpoints } from '../../../contract/endpoints/enrollmentEndpoints.js';
import type { IndividualEnrollmentRequest } from '../../../contract/endpoints/enrollmentEndpoints.js';
import { refused, UnreadableValue } from '../../orgRefusal.js';
import type { OrgRefusal } from '../../orgRefusal.js';
import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { createEnrollmentJournal } from './enrollmentJournals.js';
import { createPersonAccount } from './personAccount.js';
import { invalidInput } from '../invalidInput.js';

/** The guide publishes no errors: the refusals are the platform's usual ones. */
const enrollIndividual = serve(
  enrollmentEndpoints.individual,
  (loyalty, { program, body: request, writing }) => {
    requireNewNumber(loyalty, program, request.membershipNumber);
    const enrollment = { loyalty, writing, program, request };
    const referrer = referrerOf(enrollment);
    const contactId = createPersonAccount(writing, personOf(request));
    const memberId = createMember(enrollment, contactId, referrer);
    const member = { id: memberId, membershipNumber: request.membershipNumber };
    return {
      contactId: shortId(contactId),
      loyaltyProgramMemberId: shortId(memberId),
      loyaltyProgramName: program.name,
      membershipNumber: request.membershipNumber,
      transactionJournals: createJournals(enrollment, member, referrer),
    };
  },
  { unknownProgram: invalidInput },
);

export const enrollmentHandlers = [enrollIndividual];

interface Enrollment {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly request: IndividualEnrollmentRequest;
}

function requireNewNumber({ members }: LoyaltyOrg, program: Program, membershipNumber: string): void {
  const holder = members.numbered(program.id, membershipNumber);
  if (!holder) return;
  const message = `duplicate value found: MembershipNumber duplicates value on record with id: ${shortId(holder.id)}`;
  throw refused('DUPLICATE_VALUE', message);
}

function referrerOf({ loyalty, writing, program, request }: Enrollment): Member | undefined {
  const { referredBy, referredByMemberReferralCode: code } = request;
  if (referredBy !== undefined) return memberNumbered(loyalty, program, { referredBy });
  if (code === undefined) return undefined;
  const row = writing.store.first('LoyaltyProgramMember', { ReferralCode: code, ProgramId: program.id });
  if (!row) throw unknownMember('referredByMemberReferralCode', code);
  return { id: row.Id, membershipNumber: String(row['MembershipNumber']) };
}

/** @param named membership number, by the key of the request that has it */
function memberNumbered({ members }: LoyaltyOrg, program: Program, named: Readonly<Record<string, string>>): Member {
  const [[key, number] = ['', '']] = Object.entries(named);
  const member = members.numbered(program.id, number);
  if (!member) throw unknownMember(key, number);
  return member;
}

function createMember(enrollment: Enrollment, contactId: string, referrer: Member | undefined): string {
  const { loyalty, writing, program, request } = enrollment;
  const { relatedCorporateMembershipNumber } = request;
  const relatives = {
    ReferredById: referrer?.id,
    RelatedCorporateMembershipId:
      relatedCorporateMembershipNumber === undefined
        ? undefined
        : memberNumbered(loyalty, program, { relatedCorporateMembershipNumber }).id,
  };
  const own = { ProgramId: program.id, ContactId: contactId };
  const values = { ...memberFields(request), ...own, ...definedValues(relatives) };
  return writing.store.insert('LoyaltyProgramMember', values, { userId: writing.userId });
}

function createJournals({ loyalty, writing, program, request }: Enrollment, member: Member, referrer?: Member) {
  // Read in any case, so that a bad date is refused whether journals are asked for or not.
  const activityDate = instantOf(loyalty, request.enrollmentDate);
  if (request.createTransactionJournals !== true) return [];
  const enrolled = createEnrollmentJournal(writing, { program, activityDate, member });
  if (!referrer) return [enrolled];
  return [enrolled, createEnrollmentJournal(writing, { program, activityDate, member: referrer, referred: member })];
}

/** The date is the org's local time, unless it carries an offset, as the SDK's does. As it is stored: whole seconds. */
function instantOf({ org: { settings } }: LoyaltyOrg, enrollmentDate: string): string {
  const reading = dateReader({ zone: settings.timeZone })(enrollmentDate);
  const stored = 'instant' in reading ? toStoredDateTime(reading.instant) : undefined;
  if (stored !== undefined) return stored;
  throw new UnreadableValue('datetime', `VALUE_STRING value ${enrollmentDate}`, 'enrollmentDate');
}

function personOf({ associatedContactDetails: details }: IndividualEnrollmentRequest) {
  const { firstName, lastName, email, additionalContactFieldValues } = details;
  return { firstName, lastName, email, fields: attributesOf(additionalContactFieldValues) };
}

/** The map is one of texts (guide): a boolean or a number becomes one. */
function attributesOf(map: IndividualEnrollmentRequest['additionalMemberFieldValues']): Record<string, string> {
  return Object.fromEntries(Object.entries(map?.attributes ?? {}).map(([name, value]) => [name, String(value)]));
}

/** These inputs are date-times, and their fields are dates: the day that was written. */
function dayOf(dateTime: string | undefined, key: string): string | undefined {
  if (dateTime === undefined) return undefined;
  if (toStoredDateTime(dateTime) !== undefined) return dateTime.slice(0, 10);
  throw new UnreadableValue('datetime', `VALUE_STRING value ${dateTime}`, key);
}

/** An input of its own goes before an attribute of the same field. */
function memberFields(request: IndividualEnrollmentRequest): Record<string, unknown> {
  const { enrollmentChannel: channel } = request;
  const inputs = {
    MembershipNumber: request.membershipNumber,
    MemberStatus: request.memberStatus,
    EnrollmentDate: dayOf(request.enrollmentDate, 'enrollmentDate'),
    MembershipEndDate: dayOf(request.membershipEndDate, 'membershipEndDate'),
    // The field spells it in capitals.
    EnrollmentChannel: channel === 'Pos' ? 'POS' : channel,
    CanReceivePromotions: request.canReceivePromotions,
    CanReceivePartnerPromotions: request.canReceivePartnerPromotions,
    StatementFrequency: request.transactionJournalStatementFrequency,
    StatementMethod: request.transactionJournalStatementMethod,
  };
  return { ...attributesOf(request.additionalMemberFieldValues), ...definedValues(inputs) };
}

function unknownMember(key: string, value: string): OrgRefusal {
  return invalidInput(`The member ${value} given in ${key} does not exist in the loyalty program.`);
}
