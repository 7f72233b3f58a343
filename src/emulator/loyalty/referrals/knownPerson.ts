import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { refused } from '../../orgRefusal.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Program } from '../programDirectory.js';

/** @throws {OrgRefusal} 400 MALFORMED_ID for an id of another object, INVALID_API_INPUT for a contact that does not exist */
export function contactWithId(store: Store, id: string): SObjectRow {
  return rowWithId(store, { object: 'Contact', key: 'contactId', id });
}

/** @param named the object, and the input that has the id. @throws {OrgRefusal} as {@link contactWithId} */
export function rowWithId(
  store: Store,
  { object, key, id }: { readonly object: string; readonly key: string; readonly id: string },
): SObjectRow {
  if (!isId(id) || store.model.typeOfId(id)?.name !== object) {
    throw refused('MALFORMED_ID', `${key}: id value of incorrect type: ${id}`, [key]);
  }
  const row = store.get(object, to18(id));
  if (row) return row;
  throw invalidInput(`${key} ${id} does not exist.`);
}

/** @throws {OrgRefusal} 400 INVALID_API_INPUT for a number that no member of the program has */
export function numberedMember({ members, org }: LoyaltyOrg, program: Program, number: string): SObjectRow {
  const member = members.numbered(program.id, number);
  const row = member && org.store.get('LoyaltyProgramMember', member.id);
  if (row) return row;
  throw invalidInput(`The member ${number} does not exist in the loyalty program.`);
}

/** The contact of the person with that e-mail address, in any case; the first of several. */
export function personWithEmail(store: Store, email: string): SObjectRow | undefined {
  return store.find('Contact', { Email: email }).find((contact) => contact['IsPersonAccount'] === true);
}
