import type { ActionResult } from '../../../contract/endpoints/simulationShapes.js';
import type { TracedStep } from '../engine/traceRules.js';

/** The type of the action that a step is. A step that gave no points counts as a credit. */
export function actionTypeOf({ step, reward }: Pick<TracedStep, 'step' | 'reward'>): string {
  if (step.kind === 'usage') return 'UpdateUsageForCumulativePromotion';
  return reward?.kind === 'points' && reward.points.isNegative() ? 'DebitPoints' : 'CreditPoints';
}

/** What a step did, in the fields of its type. Undefined if it did nothing. */
export function actionResult(traced: TracedStep): ActionResult | undefined {
  const { step, reward, change } = traced;
  const head = { actionType: actionTypeOf(traced), stepName: step.name };
  if (reward?.kind === 'usage' && typeof change === 'number') {
    const { id, name } = reward.promotion;
    return { ...head, promotion: name, promotionId: id, updatedCumulativePromotionUsage: change };
  }
  if (typeof change !== 'object') return undefined;
  const points = { changeInPointsBalance: change.points, loyaltyProgramCurrencyName: change.currencyName };
  if (head.actionType === 'DebitPoints') return { ...head, ...points, promotionId: null };
  const escrow = { changeInEscrowPointsBalance: change.escrow, escrowPointsCreditDate: change.escrowDate };
  return { ...head, ...points, ...escrow, promotionId: null };
}
