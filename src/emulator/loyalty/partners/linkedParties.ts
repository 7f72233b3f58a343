import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { isActiveStatus } from '../memberStanding.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';

/** The member and the partner that a path names. @throws {ProcessFailure} */
export function linkedParties(
  { members }: LoyaltyOrg,
  store: Store,
  named: { readonly program: Program; readonly membershipNumber: string; readonly partner: string },
): { readonly member: SObjectRow; readonly partner: SObjectRow } {
  const { program, membershipNumber: number } = named;
  const found = members.numbered(program.id, number);
  const member = found && store.get('LoyaltyProgramMember', found.id);
  if (!member) throw new ProcessFailure(`The loyalty program ${program.name} has no member ${number}.`);
  if (!isActiveStatus(member['MemberStatus'])) {
    throw new ProcessFailure(`The member ${number} is ${String(member['MemberStatus'])}.`);
  }
  const [partner] = store.find('LoyaltyProgramPartner', { LoyaltyProgramId: program.id, Name: named.partner });
  if (!partner) throw new ProcessFailure(`The loyalty program ${program.name} has no partner ${named.partner}.`);
  return { member, partner };
}

export function nowIn({ org: { clock } }: LoyaltyOrg): string {
  return toStoredDateTime(new Date(clock.now()).toISOString()) ?? '';
}
