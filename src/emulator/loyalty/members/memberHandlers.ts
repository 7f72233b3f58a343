import { memberEndpoints } from '../../../contract/endpoints/memberEndpoints.js';
import { notFound } from '../../orgRefusal.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import { memberProfile } from './memberAnswer.js';
import { invalidInput } from '../invalidInput.js';

/** A community user may leave both names of the member out. This org has no such user. */
const profile = serve(memberEndpoints.profile, (loyalty, { program, query, writing: { store } }) => {
  const member = memberNamed(loyalty, program, query);
  const currencies = store
    .find('LoyaltyMemberCurrency', { LoyaltyMemberId: member.id })
    .filter((row) => isWanted(store.get('LoyaltyProgramCurrency', String(row['LoyaltyProgramCurrencyId'])), query));
  const tiers = store.find('LoyaltyMemberTier', { LoyaltyMemberId: member.id }).filter(isHeld);
  const row = store.get('LoyaltyProgramMember', member.id);
  if (!row) throw notFound();
  return memberProfile(store, { programName: program.name, member: row, currencies, tiers });
});

export const memberHandlers = [profile];

interface MemberNames {
  readonly memberId?: string | undefined;
  readonly membershipNumber?: string | undefined;
  readonly programCurrencyName?: string | undefined;
}

/** @throws {OrgRefusal} 404, which clients take for "no such member"; 400 without a name */
function memberNamed({ members }: LoyaltyOrg, program: Program, names: MemberNames): Member {
  const { memberId, membershipNumber } = names;
  if (memberId === undefined && membershipNumber === undefined) {
    throw invalidInput('Give memberId or membershipNumber.');
  }
  const member =
    memberId === undefined
      ? members.numbered(program.id, membershipNumber ?? '')
      : members.byId(program.id, [to18(memberId)]).get(to18(memberId));
  if (member) return member;
  throw notFound(`The member ${memberId ?? membershipNumber ?? ''} does not exist in the loyalty program.`);
}

function isWanted(currency: SObjectRow | undefined, { programCurrencyName }: MemberNames): boolean {
  if (programCurrencyName === undefined) return true;
  return String(currency?.['Name']).toLowerCase() === programCurrencyName.toLowerCase();
}

/** The object keeps the tiers of the past, too. */
function isHeld(tier: SObjectRow): boolean {
  return tier['Status'] !== 'Inactive';
}
