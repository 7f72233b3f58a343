import { isId, to18 } from '../../store/ids/recordIds.js';
import type { OrgRefusal } from '../../orgRefusal.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import type { Program } from '../programDirectory.js';
import type { NewMembership } from './newMember.js';

/** The member with the referral code of the request, if it has one. @throws {OrgRefusal} */
export function referrerByCode({ writing, program, request }: NewMembership): Member | undefined {
  const { referredByMemberReferralCode: code } = request;
  if (code === undefined) return undefined;
  const row = writing.store.first('LoyaltyProgramMember', { ReferralCode: code, ProgramId: program.id });
  if (!row) throw unknownMember('referredByMemberReferralCode', code);
  return { id: row.Id, membershipNumber: String(row['MembershipNumber']) };
}

/** @param named membership number, by the key of the request that has it. @throws {OrgRefusal} */
export function memberNumbered(
  { members }: LoyaltyOrg,
  program: Program,
  named: Readonly<Record<string, string>>,
): Member {
  const [[key, number] = ['', '']] = Object.entries(named);
  const member = members.numbered(program.id, number);
  if (!member) throw unknownMember(key, number);
  return member;
}

/** The guide describes an Id here and shows what looks like a number, so both are taken. @throws {OrgRefusal} */
export function referrerGiven(loyalty: LoyaltyOrg, program: Program, referredBy: string): Member {
  const byId = isId(referredBy)
    ? loyalty.members.byId(program.id, [to18(referredBy)]).get(to18(referredBy))
    : undefined;
  return byId ?? memberNumbered(loyalty, program, { referredBy });
}

function unknownMember(key: string, value: string): OrgRefusal {
  return invalidInput(`The member ${value} given in ${key} does not exist in the loyalty program.`);
}
