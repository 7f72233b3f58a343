import { updateProgressForCumulativePromotionUsage } from '../../../contract/actions/promotionActions.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { toCumulativePromotion } from '../engine/programSetup.js';
import { ProcessFailure } from '../processFailure.js';
import { serveAction } from './servedAction.js';

/**
 * Adds to the uses of a member, and creates the row when it is missing. A negative increment takes back, but never below
 * zero; enrollment is not asked for. Both are inferred.
 */
export const updateProgress = serveAction(
  updateProgressForCumulativePromotionUsage,
  ({ engine }, { writing, inputs }) => {
    const member = inputs.record('loyaltyProgramMemberId', writing.store, 'LoyaltyProgramMember');
    const promotion = inputs.record('promotionId', writing.store, 'Promotion');
    requireCumulative(promotion, member);
    const usage = engine.usage.read(writing, [member.Id]);
    const uses = inputs.wholeNumber('usageIncrementForCumulativePromotion');
    const completed = usage.change(member.Id, toCumulativePromotion(writing.store, promotion), uses);
    usage.save();
    const target = Number(promotion['CumulativeUsageTarget']);
    return { cumulativeUsageTarget: target, updatedCumulativeUsageCompleted: completed };
  },
);

/** An active promotion of type Cumulative with a target, in the program of the member. */
function requireCumulative(promotion: SObjectRow, member: SObjectRow): void {
  const name = String(promotion['Name']);
  if (promotion['LoyaltyProgramId'] !== member['ProgramId']) {
    throw new ProcessFailure(`The promotion ${name} does not belong to the loyalty program of the member.`);
  }
  if (promotion['LoyaltyPromotionType'] !== 'Cumulative' || !promotion['CumulativeUsageTarget']) {
    throw new ProcessFailure(`The promotion ${name} is not a cumulative one with a target.`);
  }
  if (promotion['IsActive'] !== true) throw new ProcessFailure(`The promotion ${name} is not active.`);
}
