import type { SObjectType } from '../../store/model/objectModel.js';
import type { GivenValues } from '../../store/values/validate.js';
import type { WriteContext } from '../writeContext.js';

export interface Person {
  readonly firstName?: string | undefined;
  readonly lastName: string;
  readonly email?: string | undefined;
  /** Further fields of the person account, as seen from Account. */
  readonly fields: GivenValues;
}

/**
 * A person account: an Account and the Contact behind it, which mirrors its Person… fields.
 *
 * @returns id of the contact
 * @throws ApiError as `Store.insert` does, such as INVALID_FIELD for a field that Account does not have
 */
export function createPersonAccount({ store, userId }: WriteContext, person: Person): string {
  const names = { FirstName: person.firstName, LastName: person.lastName };
  const accountId = store.insert('Account', { ...person.fields, ...names, PersonEmail: person.email }, { userId });
  const mirrored = mirroredFields(person.fields, store.type('Account'), store.type('Contact'));
  const contact = { ...mirrored, ...names, Email: person.email, AccountId: accountId, IsPersonAccount: true };
  const contactId = store.insert('Contact', contact, { as: 'org', userId });
  store.update('Account', accountId, { PersonContactId: contactId }, { as: 'org', userId });
  return contactId;
}

/** `PersonMailingCity` of the account is `MailingCity` of the contact; the phone is shared by both. */
function mirroredFields(fields: GivenValues, account: SObjectType, contact: SObjectType): Record<string, unknown> {
  const mirrored: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(fields)) {
    const name = account.field(given)?.name ?? '';
    const twin = name.startsWith('Person') ? name.slice('Person'.length) : name;
    const isShared = name.startsWith('Person') || name === 'Phone' || name === 'Salutation';
    const field = isShared ? contact.field(twin) : undefined;
    if (field) mirrored[field.name] = value;
  }
  return mirrored;
}
