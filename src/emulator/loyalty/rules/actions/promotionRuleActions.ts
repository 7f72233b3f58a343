import { eligibilityOf } from '../../processes/promotionRows.js';
import type { Eligibility } from '../../processes/promotionRows.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import type { RuleActionHandlers, RuleActionContext } from './ruleAction.js';

/** Its outputs are not published: `MemberPromotions` has the names of those that the member is eligible for. */
export const promotionRuleActions: RuleActionHandlers = {
  GetMemberPromotions: (given) => {
    const { writing, programId, journal, today } = given;
    const names = writing.store
      .find('Promotion', { LoyaltyProgramId: programId, IsActive: true })
      .filter((row) => standsIn(given, row, { memberId: journal.memberId, today: today() }) === 'Eligible')
      .map((row) => String(row['Name']));
    return { outputs: new Map([['MemberPromotions', names.join(';')]]) };
  },
};

/** Whether a member takes part in a promotion on a day, or may. */
export function standsIn(
  { writing: { store } }: RuleActionContext,
  promotion: SObjectRow,
  { memberId, today }: { readonly memberId: string; readonly today: string },
): Eligibility {
  const isEnrolled = store
    .find('LoyaltyProgramMbrPromotion', { LoyaltyProgramMemberId: memberId, PromotionId: promotion.Id })
    .some((row) => row['IsEnrollmentActive'] === true);
  const isActiveMember = store.get('LoyaltyProgramMember', memberId)?.['MemberStatus'] === 'Active';
  return eligibilityOf(promotion, { isEnrolled, isActiveMember, today });
}
