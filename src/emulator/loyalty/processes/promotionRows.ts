import { isInPeriod } from '../../../base/dayPeriod.js';
import type { MemberPromotion } from '../../../contract/templates/promotionTemplates.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programText } from '../programDirectory.js';

/** What decides whether a promotion is for a member. */
export interface Standing {
  readonly isEnrolled: boolean;
  readonly isActiveMember: boolean;
  /** `yyyy-MM-dd` */
  readonly today: string;
}

export type Eligibility = 'Eligible' | 'EligibleButNotEnrolled' | 'Ineligible';

/**
 * Eligible: enrolled, or no enrollment is needed. EligibleButNotEnrolled: the member may enroll today. Everything else
 * is Ineligible, also a promotion that has ended or not begun; which of those an org lists at all is unpublished.
 * Segments and tiers are not looked at.
 */
export function eligibilityOf(promotion: SObjectRow, { isEnrolled, isActiveMember, today }: Standing): Eligibility {
  if (!isActiveMember || !isInPeriod(today, programText(promotion, 'StartDate'), programText(promotion, 'EndDate')))
    return 'Ineligible';
  if (promotion['IsEnrollmentRequired'] !== true || isEnrolled) return 'Eligible';
  return isEnrollmentOpen(promotion, today) ? 'EligibleButNotEnrolled' : 'Ineligible';
}

export function isEnrollmentOpen(promotion: SObjectRow, today: string): boolean {
  return isInPeriod(today, programText(promotion, 'EnrollmentStartDate'), programText(promotion, 'EnrollmentEndDate'));
}

/**
 * A row of GetMemberPromotions. Its keys are the fields of LoyaltyPgmMbrPromEligView in lower camel case without a
 * leading "Is", its picklists are in upper snake case (observed in samples). Keys without a value are left out.
 */
export function promotionRow(promotion: SObjectRow, eligibility: Eligibility): MemberPromotion {
  return {
    promotionId: promotion.Id,
    promotionName: programText(promotion, 'Name'),
    ...given('description', promotion['Description']),
    ...given('startDate', promotion['StartDate']),
    ...given('endDate', promotion['EndDate']),
    memberEligibilityCategory: eligibility,
    promotionEnrollmentRqr: promotion['IsEnrollmentRequired'] === true,
    ...given('promEnrollmentStartDate', promotion['EnrollmentStartDate']),
    ...given('promotionEnrollmentEndDate', promotion['EnrollmentEndDate']),
    ...given('loyaltyPromotionType', upperSnake(programText(promotion, 'LoyaltyPromotionType'))),
    ...given('fulfillmentAction', upperSnake(programText(promotion, 'FulfillmentAction'))),
    ...given('loyaltyProgramCurrency', promotion['LoyaltyProgramCurrencyId']),
    ...given('maximumPromotionRewardValue', promotion['MaximumRewardValue']),
    ...given('totalPromotionRewardPointsVal', promotion['TotalRewardPoints']),
    ...given('promotionImageUrl', promotion['ImageUrl']),
  };
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === null || value === '' || value === undefined ? {} : { [key]: value };
}

/** `CreditPoints` → `CREDIT_POINTS` */
function upperSnake(value: string): string {
  return value.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}
