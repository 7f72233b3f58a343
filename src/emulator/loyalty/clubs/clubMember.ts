import type { ClubEnrollmentRequest } from '../../../contract/endpoints/clubEndpoints.js';
import { definedValues } from '../../../base/definedValues.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { createBusinessAccount } from '../enrollment/businessAccount.js';
import { contactInput } from '../enrollment/personAccount.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { isActiveStatus } from '../memberStanding.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';

interface ClubPerson {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
  readonly request: ClubEnrollmentRequest;
}

const identities = [
  'loyaltyMembershipNumber',
  'contactId',
  'associatedContactDetails',
  'accountId',
  'associatedAccountDetails',
] as const;

/**
 * The member of the program whom the request names. A contact or an account that has no membership in the program gets
 * one with the number of the club membership: a club membership cannot be stored without (inferred from the objects).
 *
 * @throws {ProcessFailure} unless exactly one person is named who exists and is active
 */
export function clubMemberOf(person: ClubPerson): SObjectRow {
  const { request } = person;
  const given = identities.filter((name) => request[name] !== undefined);
  const [identity, ...others] = given;
  if (identity === undefined || others.length > 0) {
    throw new ProcessFailure(`Give exactly one of ${identities.join(', ')}, not ${given.length}.`);
  }
  const row = identity === 'loyaltyMembershipNumber' ? numbered(person) : ofParty(person, identity);
  if (isActiveStatus(row['MemberStatus'])) return row;
  throw new ProcessFailure(`The member ${String(row['MembershipNumber'])} is ${String(row['MemberStatus'])}.`);
}

function numbered({ loyalty, writing: { store }, program, request }: ClubPerson): SObjectRow {
  const number = request.loyaltyMembershipNumber ?? '';
  const member = loyalty.members.numbered(program.id, number);
  const row = member && store.get('LoyaltyProgramMember', member.id);
  if (row) return row;
  throw new ProcessFailure(`The loyalty program ${program.name} has no member ${number}.`);
}

function ofParty(
  person: ClubPerson,
  identity: Exclude<(typeof identities)[number], 'loyaltyMembershipNumber'>,
): SObjectRow {
  const { writing, program, request } = person;
  const { store, userId } = writing;
  const party = partyOf(person, identity);
  const found = store.first('LoyaltyProgramMember', { ProgramId: program.id, ...party.field });
  if (found) return found;
  const number = request.clubMembershipNumber;
  if (person.loyalty.members.numbered(program.id, number)) {
    throw new ProcessFailure(`The loyalty program ${program.name} has another member ${number}.`);
  }
  const id = store.insert(
    'LoyaltyProgramMember',
    {
      ...{ MembershipNumber: number, MemberStatus: 'Active', EnrollmentDate: person.loyalty.today() },
      ...{ ProgramId: program.id, MemberType: party.type, ...party.field },
    },
    { userId },
  );
  const row = store.get('LoyaltyProgramMember', id);
  if (!row) throw new Error(`The member ${id} was not inserted.`);
  return row;
}

interface Party {
  readonly type: 'Individual' | 'Corporate';
  /** The field of the member that names the person or the company. */
  readonly field: Readonly<Record<string, string>>;
}

/** Guide: new persons need no person account, so they become contacts. */
function partyOf({ writing, request }: ClubPerson, identity: string): Party {
  const { store, userId } = writing;
  const { contactId, accountId, associatedContactDetails: contact, associatedAccountDetails: account } = request;
  if (contact && identity === 'associatedContactDetails') {
    const { firstName: FirstName, lastName: LastName, email: Email, fields } = contactInput(contact);
    const values = { ...fields, ...definedValues({ FirstName, LastName, Email }) };
    return { type: 'Individual', field: { ContactId: store.insert('Contact', values, { userId }) } };
  }
  if (account && identity === 'associatedAccountDetails') {
    return { type: 'Corporate', field: { AccountId: createBusinessAccount(writing, account) } };
  }
  const [objectName, given = ''] = identity === 'contactId' ? ['Contact', contactId] : ['Account', accountId];
  const row = isId(given) ? store.get(objectName, to18(given)) : undefined;
  if (!row) throw new ProcessFailure(`${identity} ${given} does not exist.`);
  return objectName === 'Contact'
    ? { type: 'Individual', field: { ContactId: row.Id } }
    : { type: 'Corporate', field: { AccountId: row.Id } };
}
