import { definedValues } from '../base/definedValues.js';
import type { AdvocatePromotion } from '../contract/endpoints/advocateProfileShapes.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import type { ListedReferral, ReferralFilter } from './query/listReferrals.js';
import { partiesOf, readAdvocates } from './query/readAdvocates.js';
import { soqlText } from './query/soql.js';

/** A member as an advocate. */
export interface AdvocateReferrals {
  readonly membershipNumber: string;
  /** The promotions that the member has joined, with their counts. */
  readonly joined: readonly AdvocatePromotion[];
  /** Those that can be joined today. */
  readonly open: readonly AdvocatePromotion[];
  readonly referrals: readonly ListedReferral[];
}

/**
 * Reads the profile (API 62) and the referrals of a member.
 *
 * @throws {UnknownProgramError}
 * @throws {UnknownMemberError}
 */
export async function readAdvocateReferrals(
  { members, query, referrals }: Pick<LoyaltyClient, 'members' | 'query' | 'referrals'>,
  program: string,
  { member, ...filter }: Omit<ReferralFilter, 'referrerIds'> & { readonly member: string },
): Promise<AdvocateReferrals> {
  const { Id: memberId, MembershipNumber: membershipNumber } = await members.get(program, member);
  const rows = await readAdvocates(query, program, [`Id = ${soqlText(memberId)}`]);
  const { promotionId } = filter;
  const asked = { memberId, programName: program, shouldGetReferralSummary: true, ...definedValues({ promotionId }) };
  const profile = await referrals.profile(asked);
  return {
    membershipNumber,
    joined: profile.enrolledPromotionsList ?? [],
    open: profile.eligiblePromotionsList ?? [],
    referrals: await referrals.list(program, { ...filter, referrerIds: [memberId, ...rows.flatMap(partiesOf)] }),
  };
}
