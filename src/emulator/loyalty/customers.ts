import type { Store } from '../store/store.js';

/** Objects whose records take part in games and use coupons. */
const customerObjects = ['LoyaltyProgramMember', 'Contact', 'Account'] as const;

/** Whether the Id is that of a member, a contact or an account. */
export function isCustomer(store: Store, id: string): boolean {
  return customerObjects.some((object) => store.get(object, id) !== undefined);
}
