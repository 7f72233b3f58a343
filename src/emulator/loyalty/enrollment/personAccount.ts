import { definedValues } from '../../../base/definedValues.js';
import type { LoyaltyContactInput } from '../../../contract/endpoints/enrollmentShapes.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { WriteContext } from '../writeContext.js';
import { attributesOf } from './attributesOf.js';

interface EnrolledPerson {
  readonly firstName?: string | undefined;
  readonly lastName: string;
  readonly email?: string | undefined;
  /** Further fields of the person account, as seen from Account. */
  readonly fields: GivenValues;
}

/**
 * A person account; the contact behind it comes with it.
 *
 * @returns id of the contact
 * @throws {OrgRefusal} as `Store.insert` does, such as INVALID_FIELD for a field that Account does not have
 */
export function createPersonAccount({ store, userId }: WriteContext, person: EnrolledPerson): string {
  const { firstName: FirstName, lastName: LastName, email: PersonEmail } = person;
  const inputs = definedValues({ FirstName, LastName, PersonEmail });
  const accountId = store.insert('Account', { ...person.fields, ...inputs }, { userId });
  return String(store.get('Account', accountId)?.['PersonContactId']);
}

export function contactInput(details: LoyaltyContactInput): EnrolledPerson {
  const { firstName, lastName, email, additionalContactFieldValues } = details;
  return { firstName, lastName, email, fields: attributesOf(additionalContactFieldValues) };
}
