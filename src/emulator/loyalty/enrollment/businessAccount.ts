import { definedValues } from '../../../base/definedValues.js';
import type { LoyaltyAccountInput } from '../../../contract/endpoints/enrollmentShapes.js';
import type { WriteContext } from '../writeContext.js';
import { attributesOf } from './attributesOf.js';

/**
 * The account of a company.
 *
 * @returns its id
 * @throws {OrgRefusal} as `Store.insert` does, such as INVALID_FIELD for a field that Account does not have
 */
export function createBusinessAccount({ store, userId }: WriteContext, account: LoyaltyAccountInput): string {
  const { name: Name, phone: Phone, website: Website, additionalAccountFieldValues } = account;
  const inputs = definedValues({ Name, Phone, Website });
  return store.insert('Account', { ...attributesOf(additionalAccountFieldValues), ...inputs }, { userId });
}
