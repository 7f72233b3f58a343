import type { Store } from '../store/store.js';

/** Ids of the promotions that the member has enrolled in, and not left. */
export function enrolledPromotions(store: Store, memberId: string): ReadonlySet<unknown> {
  const criteria = { LoyaltyProgramMemberId: memberId, IsEnrollmentActive: true };
  return new Set(store.find('LoyaltyProgramMbrPromotion', criteria).map((row) => row['PromotionId']));
}

/** Orgs add values of their own to the status, so it is the others that are known. */
export function isActiveMember(store: Store, memberId: string): boolean {
  const status = store.get('LoyaltyProgramMember', memberId)?.['MemberStatus'];
  return status !== 'Inactive' && status !== 'Merged';
}
