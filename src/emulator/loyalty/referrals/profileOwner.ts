import type { AdvocateProfileRequest } from '../../../contract/endpoints/advocateProfileShapes.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { missingFields } from '../parseInput.js';
import type { Program } from '../programDirectory.js';
import { programText } from '../programDirectory.js';
import { textOrNull } from '../rowValues.js';
import { contactWithId, numberedMember, personWithEmail, rowWithId } from './knownPerson.js';

/** The program that the request names by its Id or its name. @throws {OrgRefusal} 400 */
export function programOfRequest(loyalty: LoyaltyOrg, { programId, programName }: AdvocateProfileRequest): Program {
  const { store } = loyalty.org;
  if (programId === undefined && programName === undefined) throw missingFields(['programName']);
  const name =
    programId === undefined
      ? (programName ?? '')
      : programText(rowWithId(store, { object: 'LoyaltyProgram', key: 'programId', id: programId }), 'Name');
  return loyalty.programs.named(name, invalidInput);
}

interface Owner {
  readonly partyId: string | undefined;
  readonly member: SObjectRow | undefined;
}

/** Whose profile it is: a member, or a person who is none yet. @throws {OrgRefusal} 400 for nobody */
export function ownerOfProfile(loyalty: LoyaltyOrg, program: Program, request: AdvocateProfileRequest): Owner {
  const { store } = loyalty.org;
  const { memberId, membershipNumber, contactId, contactDetails } = request;
  if (memberId !== undefined) {
    const member = rowWithId(store, { object: 'LoyaltyProgramMember', key: 'memberId', id: memberId });
    if (member['ProgramId'] === program.id) return ofMember(member);
    throw invalidInput(`The member ${memberId} does not exist in the loyalty program.`);
  }
  if (membershipNumber !== undefined) return ofMember(numberedMember(loyalty, program, membershipNumber));
  if (contactId !== undefined) return ofContact(store, program, contactWithId(store, contactId).Id);
  const email = contactDetails?.find((each) => each.email !== undefined)?.email;
  if (email === undefined) throw missingFields(['membershipNumber']);
  const person = personWithEmail(store, email);
  if (person) return ofContact(store, program, person.Id);
  throw invalidInput(`No person account has the e-mail address ${email}.`);
}

function ofMember(member: SObjectRow): Owner {
  return { member, partyId: textOrNull(member, 'ContactId') ?? textOrNull(member, 'AccountId') ?? undefined };
}

function ofContact(store: Store, program: Program, contactId: string): Owner {
  const member = store.first('LoyaltyProgramMember', { ProgramId: program.id, ContactId: contactId });
  return { partyId: contactId, member };
}
