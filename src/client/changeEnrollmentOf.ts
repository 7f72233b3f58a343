import { changeEnrollment } from './changeEnrollment.js';
import type { EnrollmentChange } from './changeEnrollment.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { memberFailure } from './memberFailure.js';
import type { MembershipInPromotion } from './promotions.js';

/** What is to become of the enrollment of each member in one promotion. */
export type EnrollmentOfEach = Omit<MembershipInPromotion, 'memberId'> & { readonly isEnrolled: boolean };

/** What became of one member. */
export interface MemberEnrollment {
  /** Membership number as in the org, or as it was given. */
  readonly key: string;
  /** Null if the program has no such member, or that could not be asked. */
  readonly memberId: string | null;
  /** `failed`: nothing was changed. `unknown`: it can be repeated, which finds out. */
  readonly status: EnrollmentChange['status'] | 'failed' | 'unknown';
  readonly memberPromotionId: string | null;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Enrolls a member in a promotion, or ends the enrollment, as `changeEnrollment` does. A member that cannot be used is
 * no error, so that others can follow.
 *
 * @param member membership number or Id
 * @throws {LoyaltyCallError} if the same would happen to every member
 */
export async function changeEnrollmentOf(
  client: LoyaltyClient,
  program: string,
  { member, ...wanted }: EnrollmentOfEach & { readonly member: string },
): Promise<MemberEnrollment> {
  let [key, memberId]: [string, string | null] = [member, null];
  try {
    const row = await client.members.get(program, member);
    [key, memberId] = [row.MembershipNumber, row.Id];
    return { key, memberId, ...(await changeEnrollment(client, program, { ...wanted, memberId })) };
  } catch (error) {
    return { key, memberId, memberPromotionId: null, ...memberFailure(error) };
  }
}
