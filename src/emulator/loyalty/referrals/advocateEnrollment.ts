import { definedValues } from '../../../base/definedValues.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { programText } from '../programDirectory.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { generatedCode } from '../../store/values/generatedCode.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { advocateOf, promotionReferralCode } from './advocate.js';
import { stageOfType } from './promotionStages.js';
import { insertReferralJournal, referralSubType, subTypeOfStage } from './referralJournals.js';
import { requireOpenPromotion, requireRunning } from './referralPromotion.js';
import type { ReferralPromotion } from './referralPromotion.js';
import { rewardAdvocate } from './referralRewards.js';

/** How a member joins a referral promotion. */
export interface Joining {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly promotion: ReferralPromotion;
  /** Whether the journal is processed at once. */
  readonly isProcessed?: boolean | undefined;
  readonly isAutoEnrolled?: boolean | undefined;
  readonly isEnrollmentActive?: boolean | undefined;
}

/** A journal, as the answers have it. */
export interface JoinedJournal {
  readonly id: string;
  readonly activityDate: string;
  readonly subType: string;
  readonly status: 'Pending' | 'Processed';
}

/**
 * Enrolls a member in the promotion. Whoever has joined before gets the same answer, without another journal (inferred).
 * @throws {OrgRefusal} 400 for a promotion that does not run today or cannot be joined today
 * @throws {ProcessFailure} when the reward for joining cannot be given
 */
export function joinPromotion(
  joining: Joining,
  member: SObjectRow,
): { readonly referralCode: string; readonly journals: readonly JoinedJournal[] } {
  const { loyalty, promotion } = joining;
  requireRunning(promotion, loyalty.today());
  const referralCode = promotionReferralCode(withCode(joining, member), promotion);
  const isNew = saveEnrollment(joining, member.Id);
  return { referralCode, journals: isNew ? makeJournal(joining, member) : [] };
}

/** Every new member has a code, which can be taken away. @returns the member with its code */
function withCode({ writing: { store, userId } }: Joining, member: SObjectRow): SObjectRow {
  if (textOrNull(member, 'ReferralCode') !== null) return member;
  const ReferralCode = generatedCode(member.Id, 8);
  store.update('LoyaltyProgramMember', member.Id, { ReferralCode }, { as: 'org', userId });
  return { ...member, ReferralCode };
}

/** @returns whether the member had not joined before */
function saveEnrollment(joining: Joining, memberId: string): boolean {
  const { writing, promotion, loyalty, isAutoEnrolled, isEnrollmentActive = true } = joining;
  const { store, userId } = writing;
  const parents = { LoyaltyProgramMemberId: memberId, PromotionId: promotion.row.Id };
  const earlier = store.first('LoyaltyProgramMbrPromotion', parents);
  const given = definedValues({ IsAutoEnrolled: isAutoEnrolled, IsEnrollmentActive: isEnrollmentActive });
  if (earlier?.['IsEnrollmentActive'] !== true) requireOpenPromotion(promotion, loyalty.today());
  if (earlier) store.update('LoyaltyProgramMbrPromotion', earlier.Id, given, { as: 'org', userId });
  else store.insert('LoyaltyProgramMbrPromotion', { ...parents, ...given }, { as: 'org', userId });
  return earlier === undefined;
}

/** Subtype of the journal when the stage of joining names none, as the mobile SDK shows it. */
const joiningSubType = 'Advocate Enrollment';

/** A stage with a subtype of its own also leads to a reward. */
function makeJournal(joining: Joining, member: SObjectRow): JoinedJournal[] {
  const { loyalty, writing, promotion, isProcessed = true } = joining;
  const stage = stageOfType(writing, promotion, 'Advocate Joins Promotion');
  const ofStage = subTypeOfStage(writing, stage, 'ReferrerJournalSubTypeId');
  const subType = ofStage ?? referralSubType(writing, joiningSubType);
  if (!subType) return [];
  const advocate = advocateOf(member);
  const status = isProcessed ? 'Processed' : 'Pending';
  const activityDate = new Date(Math.floor(loyalty.org.clock.now() / 1000) * 1000).toISOString();
  const id = insertReferralJournal(writing, { promotion, subType, activityDate, advocate, status });
  if (isProcessed && ofStage) rewardAdvocate({ loyalty, writing, promotion }, id, advocate);
  return [{ id, activityDate, subType: programText(subType, 'Name'), status }];
}
