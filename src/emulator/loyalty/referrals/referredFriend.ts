import type { AttributeMap } from '../../../contract/endpoints/enrollmentShapes.js';
import type { ReferralEventRequest } from '../../../contract/endpoints/referralShapes.js';
import { createPersonAccount } from '../enrollment/personAccount.js';
import { invalidInput } from '../invalidInput.js';
import { missingFields } from '../parseInput.js';
import type { WriteContext } from '../writeContext.js';
import { contactWithId, personWithEmail } from './knownPerson.js';

type NamedFriend = Pick<
  ReferralEventRequest,
  'contactId' | 'firstName' | 'lastName' | 'email' | 'referralEmails' | 'referralAdditionalAttributes'
>;

/** Names of the guide's samples that are not fields of an account. */
const fieldsOfSamples: Readonly<Record<string, string>> = {
  phoneNumber: 'Phone',
  emailOptOut: 'PersonHasOptedOutOfEmail',
};

/**
 * The contacts of the referred friends. Somebody whose e-mail address is known is that person; anybody else becomes a
 * person account. Of a friend with nothing but an address, the address is the last name (inferred: SDK rows show that the
 * person account exists).
 *
 * @throws {OrgRefusal} 400 for nobody, an unknown contact, or several friends in an event of one
 */
export function contactsOfFriends(writing: WriteContext, named: NamedFriend, isForSeveral: boolean): string[] {
  const emails = emailsOf(named.referralEmails);
  if (emails.length > 1 && !isForSeveral) throw invalidInput('Only an event of type Refer can name several friends.');
  if (emails.length > 0) return emails.map((email) => contactOf(writing, { lastName: email, email }, named));
  const { contactId, firstName, lastName, email } = named;
  if (contactId !== undefined) return [contactWithId(writing.store, contactId).Id];
  if (email !== undefined && lastName !== undefined) {
    return [contactOf(writing, { firstName, lastName, email }, named)];
  }
  const required = { firstName, lastName, email };
  const missing = Object.entries(required).flatMap(([name, value]) => (value === undefined ? [name] : []));
  throw missingFields(missing);
}

function emailsOf(given: ReferralEventRequest['referralEmails']): string[] {
  const emails = given === undefined || Array.isArray(given) ? (given ?? []) : given.emails;
  const trimmed = emails.map((email) => email.trim()).filter((email) => email !== '');
  return trimmed.filter((email, at) => trimmed.findIndex((each) => each.toLowerCase() === email.toLowerCase()) === at);
}

interface Person {
  readonly firstName?: string | undefined;
  readonly lastName: string;
  readonly email: string;
}

function contactOf(writing: WriteContext, person: Person, { referralAdditionalAttributes: map }: NamedFriend): string {
  const known = personWithEmail(writing.store, person.email);
  return known?.Id ?? createPersonAccount(writing, { ...person, fields: fieldsOf(map) });
}

function fieldsOf(map: AttributeMap | undefined): Record<string, unknown> {
  const entries = Object.entries(map?.attributes ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [fieldsOfSamples[name] ?? name, value]));
}
