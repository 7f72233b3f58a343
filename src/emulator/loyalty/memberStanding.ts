import type { Store } from '../store/store.js';

/** Ids of the promotions that the member has enrolled in, and not left. */
export function enrolledPromotions(store: Store, memberId: string): ReadonlySet<unknown> {
  const criteria = { LoyaltyProgramMemberId: memberId, IsEnrollmentActive: true };
  return new Set(store.find('LoyaltyProgramMbrPromotion', criteria).map((row) => row['PromotionId']));
}

export function isActiveMember(store: Store, memberId: string): boolean {
  return isActiveStatus(store.get('LoyaltyProgramMember', memberId)?.['MemberStatus']);
}

/** Orgs add statuses of their own, so every status counts as active except the two that do not. */
export function isActiveStatus(status: unknown): boolean {
  return status !== 'Inactive' && status !== 'Merged';
}
