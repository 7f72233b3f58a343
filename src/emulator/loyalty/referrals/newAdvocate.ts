import { definedValues } from '../../../base/definedValues.js';
import type { AdvocateEnrollmentRequest } from '../../../contract/endpoints/referralShapes.js';
import { generatedCode } from '../../store/values/generatedCode.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { attributesOf } from '../enrollment/attributesOf.js';
import { enrollmentDay, requireNewNumber } from '../enrollment/newMember.js';
import { createPersonAccount } from '../enrollment/personAccount.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { missingFields } from '../parseInput.js';
import type { Program } from '../programDirectory.js';
import { programText } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';
import { contactWithId, numberedMember, personWithEmail } from './knownPerson.js';

/** Who is to be an advocate of which program. */
export interface WantedAdvocate {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly request: AdvocateEnrollmentRequest;
}

/**
 * The member whom the request names. A person who is not a member of the program yet becomes one, under the given number
 * or a generated one (inferred).
 *
 * @throws {OrgRefusal} 400
 */
export function memberOfRequest(wanted: WantedAdvocate): SObjectRow {
  const { loyalty, writing, program, request } = wanted;
  const { membershipNumber, contactId, associatedPersonAccountDetails: person } = request;
  if (contactId !== undefined) return memberOfContact(wanted, contactWithId(writing.store, contactId).Id);
  if (person === undefined && membershipNumber === undefined) throw missingFields(['membershipNumber']);
  if (person === undefined) return numberedMember(loyalty, program, membershipNumber ?? '');
  return memberOfContact(wanted, contactOfPerson(wanted, person));
}

/** The membership of the contact. One under another number than the given one is refused. */
function memberOfContact(wanted: WantedAdvocate, contactId: string): SObjectRow {
  const { writing, program, request } = wanted;
  const { store } = writing;
  const member = store.first('LoyaltyProgramMember', { ProgramId: program.id, ContactId: contactId });
  if (!member) return newMember(wanted, contactId);
  const [own, given] = [programText(member, 'MembershipNumber'), request.membershipNumber];
  if (given === undefined || given.toLowerCase() === own.toLowerCase()) return member;
  throw invalidInput(`The person is already the member ${own} of the loyalty program, and not ${given}.`);
}

type Person = NonNullable<AdvocateEnrollmentRequest['associatedPersonAccountDetails']>;

/** Duplicates are not allowed unless said so: whoever has the e-mail address is that person. */
function contactOfPerson({ writing, request }: WantedAdvocate, person: Person): string {
  const { firstName, lastName, email, allowDuplicateRecords = false } = person;
  const known = allowDuplicateRecords ? undefined : personWithEmail(writing.store, email);
  if (known) return known.Id;
  const fields = {
    ...attributesOf(request.additionalPersonAccountFieldValues),
    ...attributesOf(person.additionalPersonAccountFieldValues),
  };
  return createPersonAccount(writing, { firstName, lastName, email, fields });
}

function newMember(wanted: WantedAdvocate, contactId: string): SObjectRow {
  const { loyalty, writing, program, request } = wanted;
  const { store, userId } = writing;
  const number = request.membershipNumber ?? generatedCode(`${program.id}/${contactId}`, 8);
  requireNewNumber(loyalty, program, number);
  const { enrollmentChannel: channel } = request;
  const inputs = {
    MembershipNumber: number,
    MemberStatus: request.memberStatus ?? 'Active',
    EnrollmentDate: loyalty.today(),
    MembershipEndDate: enrollmentDay(request.membershipEndDate, 'membershipEndDate'),
    // The field spells it in capitals.
    EnrollmentChannel: channel === 'Pos' ? 'POS' : channel,
    StatementFrequency: request.transactionJournalStatementFrequency,
    StatementMethod: request.transactionJournalStatementMethod,
    ContactId: contactId,
    ProgramId: program.id,
  };
  const values = { ...attributesOf(request.additionalMemberFieldValues), ...definedValues(inputs) };
  const id = store.insert('LoyaltyProgramMember', values, { userId });
  const row = store.get('LoyaltyProgramMember', id);
  if (!row) throw new Error(`The member ${id} is not there after it was inserted`);
  return row;
}
