import { definedValues } from '../../../base/definedValues.js';
import { dateReader } from '../../../base/dates.js';
import type { IndividualEnrollmentRequest, IndividualEnrollmentResponse } from '../../../contract/enrollment.js';
import { ApiError, refused, UnreadableValue } from '../../apiError.js';
import { type Endpoint, ok } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import { toStoredDateTime } from '../../store/values/dates.js';
import { createEnrollmentJournal } from './enrollmentJournals.js';
import { parseEnrollment } from './enrollmentRequest.js';
import { type Member, MemberDirectory } from '../members.js';
import { createPersonAccount } from './personAccount.js';
import { type Program, programNamed } from '../programs.js';
import { inOneTransaction, type Writing } from '../work.js';

/** Individual member enrollment (v55). The guide publishes no errors: the refusals are the platform's usual ones. */
export function enrollmentEndpoints(org: Org): Endpoint[] {
  const enrollment = new Enrollment(org, new MemberDirectory(org.store));
  return [
    {
      method: 'POST',
      path: '/services/data/:version/loyalty-programs/:program/individual-member-enrollments',
      since: 55,
      handle: ({ params, body, session }) => {
        const request = parseEnrollment(body.object());
        return ok(
          inOneTransaction(org, session.userId, (writing) => enrollment.run(writing, params['program'] ?? '', request)),
        );
      },
    },
  ];
}

class Enrollment {
  public constructor(
    private readonly org: Org,
    private readonly members: MemberDirectory,
  ) {}

  /** @throws ApiError 400 INVALID_API_INPUT (program, referrer, corporate member), DUPLICATE_VALUE, and those of rows */
  public run(
    writing: Writing,
    programName: string,
    request: IndividualEnrollmentRequest,
  ): IndividualEnrollmentResponse {
    const program = programNamed(this.org.store, programName, invalidInput);
    this.#requireNewNumber(program, request.membershipNumber);
    const referrer = this.#referrer(program, request);
    const contactId = createPersonAccount(writing, personOf(request));
    const memberId = this.#createMember(writing, { program, request, contactId, referrer });
    const member = { id: memberId, membershipNumber: request.membershipNumber };
    return {
      contactId: shortId(contactId),
      loyaltyProgramMemberId: shortId(memberId),
      loyaltyProgramName: program.name,
      membershipNumber: request.membershipNumber,
      transactionJournals: this.#createJournals(writing, { program, request, member, referrer }),
    };
  }

  #requireNewNumber(program: Program, membershipNumber: string): void {
    const holder = this.members.numbered(program.id, membershipNumber);
    if (!holder) return;
    const message = `duplicate value found: MembershipNumber duplicates value on record with id: ${shortId(holder.id)}`;
    throw refused('DUPLICATE_VALUE', message);
  }

  #referrer(program: Program, { referredBy, referredByMemberReferralCode }: IndividualEnrollmentRequest) {
    if (referredBy !== undefined) return this.#memberOf(program, referredBy, 'referredBy');
    if (referredByMemberReferralCode === undefined) return undefined;
    const criteria = { ReferralCode: referredByMemberReferralCode, ProgramId: program.id };
    const row = this.org.store.first('LoyaltyProgramMember', criteria);
    if (!row) throw unknownMember('referredByMemberReferralCode', referredByMemberReferralCode);
    return { id: row.Id, membershipNumber: String(row['MembershipNumber']) };
  }

  #memberOf(program: Program, membershipNumber: string, key: string): Member {
    const member = this.members.numbered(program.id, membershipNumber);
    if (!member) throw unknownMember(key, membershipNumber);
    return member;
  }

  #createMember(writing: Writing, { program, request, contactId, referrer }: Admission): string {
    const { store, userId } = writing;
    const corporate = request.relatedCorporateMembershipNumber;
    const relatives = {
      ReferredById: referrer?.id,
      RelatedCorporateMembershipId:
        corporate === undefined ? undefined : this.#memberOf(program, corporate, 'relatedCorporateMembershipNumber').id,
    };
    const own = { ProgramId: program.id, ContactId: contactId };
    const values = { ...memberFields(request), ...own, ...definedValues(relatives) };
    return store.insert('LoyaltyProgramMember', values, { userId });
  }

  #createJournals(writing: Writing, { program, request, member, referrer }: Enrolled) {
    // Read in any case, so that a date that is none is refused whether journals are asked for or not.
    const activityDate = this.#instantOf(request.enrollmentDate);
    if (request.createTransactionJournals !== true) return [];
    const enrolled = createEnrollmentJournal(writing, { program, activityDate, member });
    if (!referrer) return [enrolled];
    return [enrolled, createEnrollmentJournal(writing, { program, activityDate, member: referrer, referred: member })];
  }

  /** The date is the org's local time, unless it carries an offset, as the SDK's does. As it is stored: whole seconds. */
  #instantOf(enrollmentDate: string): string {
    const reading = dateReader({ zone: this.org.settings.timeZone })(enrollmentDate);
    const stored = 'instant' in reading ? toStoredDateTime(reading.instant) : undefined;
    if (stored !== undefined) return stored;
    throw new UnreadableValue('datetime', `VALUE_STRING value ${enrollmentDate}`, 'enrollmentDate');
  }
}

interface Admission {
  readonly program: Program;
  readonly request: IndividualEnrollmentRequest;
  readonly contactId: string;
  readonly referrer: Member | undefined;
}

interface Enrolled extends Omit<Admission, 'contactId'> {
  readonly member: Member;
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

function unknownMember(key: string, value: string): ApiError {
  return invalidInput(`The member ${value} given in ${key} does not exist in the loyalty program.`);
}

/** The code that the redeem voucher resource publishes for an unknown program or member. */
function invalidInput(message: string): ApiError {
  return new ApiError(400, 'INVALID_API_INPUT', message);
}

/** This resource answers ids of 15 characters in every sample. */
function shortId(id: string): string {
  return id.slice(0, 15);
}
