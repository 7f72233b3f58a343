import type { LoyaltyClient } from './loyaltyClient.js';
import type { MembershipInPromotion } from './promotions.js';

/** What became of enrolling in a promotion or leaving it. */
export interface EnrollmentChange {
  /** `none`: the process succeeded, and the member's enrollment is what it was. Its rule may not be active. */
  readonly status: 'changed' | 'already' | 'none';
  /** Id of the LoyaltyProgramMbrPromotion, if known. */
  readonly memberPromotionId: string | null;
}

/**
 * Enrolls a member in a promotion, or ends the enrollment, if it is not so already. So it can be repeated after a lost
 * answer.
 */
export async function changeEnrollment(
  { promotions }: Pick<LoyaltyClient, 'promotions'>,
  program: string,
  { isEnrolled, ...membership }: MembershipInPromotion & { readonly isEnrolled: boolean },
): Promise<EnrollmentChange> {
  const before = await promotions.enrollment(membership);
  if ((before !== undefined) === isEnrolled) return { status: 'already', memberPromotionId: before ?? null };
  const change = isEnrolled ? promotions.enroll(program, membership) : promotions.leave(program, membership);
  const { memberPromotionId } = await change;
  if (memberPromotionId !== null) return { status: 'changed', memberPromotionId };
  const after = await promotions.enrollment(membership);
  const status = (after !== undefined) === isEnrolled ? 'changed' : 'none';
  return { status, memberPromotionId: after ?? before ?? null };
}
