import { notImplemented } from '../../orgRefusal.js';
import { isId } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { missingFields } from '../parseInput.js';
import type { Program } from '../programDirectory.js';
import { programText } from '../programDirectory.js';
import { parentOf } from '../rowValues.js';
import { invalidInput } from '../invalidInput.js';

/** Whose cart it is. */
export interface CartMember {
  readonly memberId: string;
  readonly program: Program;
}

export type Cart = Readonly<Record<string, unknown>>;

const otherParties = ['contactId', 'contactLastName', 'contactEmail', 'accountId'];

/**
 * The member that a cart names by id, or by a number that only one active program has.
 *
 * @throws {OrgRefusal} 400 without one, 501 for a cart of somebody else
 */
export function cartMember(store: Store, cart: Cart): CartMember {
  const { loyaltyProgramMemberId: id, membershipNumber: number } = cart;
  if (!id && !number && otherParties.some((key) => cart[key])) {
    throw notImplemented('promotions for the cart of a contact or account that is not named as a loyalty member');
  }
  if (!id && !number) throw missingFields(['membershipNumber']);
  const found = (id ? withId(store, id) : store.find('LoyaltyProgramMember', { MembershipNumber: number }))
    .map((member) => ({ member, program: parentOf(store, member, 'ProgramId', 'LoyaltyProgram') }))
    .filter(({ program }) => program?.['Status'] === 'Active');
  const [first, ...others] = found;
  const wanted = String(id || number);
  if (!first?.program) throw invalidInput(`No active loyalty program has the member ${wanted}.`);
  if (others.length > 0) throw invalidInput(`Several programs have a member ${wanted}: give loyaltyProgramMemberId.`);
  const { program, member } = first;
  return { memberId: member.Id, program: { id: program.Id, name: programText(program, 'Name') } };
}

function withId(store: Store, id: unknown): SObjectRow[] {
  const member = typeof id === 'string' && isId(id) ? store.get('LoyaltyProgramMember', id) : undefined;
  return member ? [member] : [];
}
