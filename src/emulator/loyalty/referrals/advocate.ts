import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import type { Member } from '../memberDirectory.js';
import { isActiveStatus } from '../memberStanding.js';
import { programText } from '../programDirectory.js';
import { parentOf, textOrNull } from '../rowValues.js';
import { referralPromotion } from './referralPromotion.js';
import type { ReferralPromotion } from './referralPromotion.js';

/** A member who has joined a referral promotion. */
export interface Advocate extends Member {
  /** The contact behind the member, or the account of a company. Referrals name it as their referrer. */
  readonly partyId: string;
}

/** @throws {OrgRefusal} 400 for a member without a person or a company behind it */
export function advocateOf(member: SObjectRow): Advocate {
  const partyId = textOrNull(member, 'ContactId') ?? textOrNull(member, 'AccountId');
  const membershipNumber = programText(member, 'MembershipNumber');
  if (partyId !== null) return { id: member.Id, membershipNumber, partyId };
  throw invalidInput(
    `The member ${membershipNumber} has no contact and no account, so that nobody can be the referrer.`,
  );
}

/** Code with which friends come: `{referral code of the member}-{code of the promotion}`. */
export function promotionReferralCode(member: SObjectRow, { code }: ReferralPromotion): string {
  return `${programText(member, 'ReferralCode')}-${code}`;
}

/**
 * The advocate and the promotion that a code names. Either part may have hyphens, so each hyphen is tried.
 * @throws {OrgRefusal} 400 for a code of nobody, or of a member who has not joined the promotion or is not active
 */
export function readReferralCode(
  store: Store,
  code: string,
): { readonly advocate: Advocate; readonly promotion: ReferralPromotion } {
  const known = [...code.matchAll(/-/g)].flatMap(({ index }) =>
    store.find('LoyaltyProgramMember', { ReferralCode: code.slice(0, index) }).flatMap((member) => {
      const promotion = promotionOf(store, member, code.slice(index + 1));
      return promotion ? [{ member, promotion }] : [];
    }),
  );
  const joined = known.filter(({ member, promotion }) => hasJoined(store, member.Id, promotion));
  const [found, ...others] = joined.length > 0 ? joined : known;
  if (!found) throw invalidInput(`The referral code ${code} does not exist.`);
  if (others.length > 0) throw invalidInput(`The referral code ${code} belongs to several members.`);
  const { member, promotion } = found;
  const advocate = advocateOf(member);
  if (joined.length === 0) {
    throw invalidInput(`The member ${advocate.membershipNumber} has not joined the promotion ${promotion.name}.`);
  }
  if (!isActiveStatus(member['MemberStatus'])) {
    throw invalidInput(`The member ${advocate.membershipNumber} is not active.`);
  }
  return { advocate, promotion };
}

function promotionOf(store: Store, member: SObjectRow, code: string): ReferralPromotion | undefined {
  const program = parentOf(store, member, 'ProgramId', 'LoyaltyProgram');
  if (code === '' || program?.['Status'] !== 'Active') return undefined;
  const criteria = { LoyaltyProgramId: program.Id, PromotionCode: code, IsReferralPromotion: true };
  const row = store.first('Promotion', criteria);
  return row && referralPromotion(row, { id: program.Id, name: programText(program, 'Name') });
}

export function hasJoined(store: Store, memberId: string, { row }: ReferralPromotion): boolean {
  const criteria = { LoyaltyProgramMemberId: memberId, PromotionId: row.Id, IsEnrollmentActive: true };
  return store.count('LoyaltyProgramMbrPromotion', criteria) > 0;
}
