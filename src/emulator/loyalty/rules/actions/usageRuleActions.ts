import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect } from '../../../../rules/index.js';
import { toCumulativePromotion } from '../../engine/programSetup.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { numberInput, textInput } from './ruleInputs.js';
import { promotionNamed } from './rulePromotions.js';

/**
 * The two cumulative actions. Their parameters are not published: `PromotionName` (default: the promotion of the rule),
 * `UsageIncrement` to add, `CumulativePromotionUsage` to set. Both return
 * `CumulativeUsageCompleted` and `CumulativeUsageTarget`.
 */
export const usageRuleActions: RuleActionHandlers = {
  IncreaseUsageForCumulativePromotion: (given) => change(given, numberInput(given.call, 'UsageIncrement').toNumber()),
  UpdateUsageForCumulativePromotion: (given) =>
    change(given, numberInput(given.call, 'CumulativePromotionUsage').toNumber() - completed(given)),
};

function change(given: ActionCallOf, uses: number): RuleEffect {
  const promotion = promotionOf(given);
  const after = given.usage.enter(given.journal, { kind: 'usage', promotion, uses });
  const outputs = new Map([
    ['CumulativeUsageCompleted', after ?? 0],
    ['CumulativeUsageTarget', promotion.target],
  ]);
  if (after === undefined) return { outputs };
  const sign = uses < 0 ? '' : '+';
  return {
    outputs,
    change: `${sign}${uses} in ${promotion.name}, now ${after} of ${promotion.target}`,
    result: { is: 'usage', promotion: promotion.name, promotionId: promotion.id, completed: after },
  };
}

function completed(given: ActionCallOf): number {
  return given.usage.enter(given.journal, { kind: 'usage', promotion: promotionOf(given), uses: 0 }) ?? 0;
}

function promotionOf(given: ActionCallOf) {
  const name = textInput(given.call, 'PromotionName') ?? given.call.promotion;
  if (name === undefined) throw new RuleFailure(`${given.call.name}: PromotionName is blank.`);
  return toCumulativePromotion(given.writing.store, promotionNamed(given, name));
}
