import type { RewardingPromotion } from '../../rules/reward.js';
import { numberOf } from '../../rowValues.js';
import type { WriteContext } from '../../writeContext.js';

/** Where a member is in a promotion that starts again at its target. */
export interface Round {
  /** How often the member has reached the target. */
  readonly rounds: number;
  /** Uses since then. */
  readonly completed: number;
}

/** Adds uses, or takes them back, also from earlier rounds, but not below zero. After the last round it goes on counting. */
export function nextRound(
  { target, mostRounds }: RewardingPromotion,
  { rounds, completed }: Round,
  uses: number,
): Round {
  const total = Math.max(0, rounds * target + completed + uses);
  const reached = Math.min(mostRounds, Math.floor(total / target));
  return { rounds: reached, completed: total - reached * target };
}

/** How often a member has reached the target: `PromotionPartyUsage.UsageCount`. */
export function readRounds({ store }: WriteContext, memberId: string, promotionId: string): number {
  const [usage] = store.find('PromotionPartyUsage', { PartyId: memberId, PromotionId: promotionId });
  return usage ? numberOf(usage, 'UsageCount') : 0;
}

export function saveRounds(
  { store, userId }: WriteContext,
  {
    memberId,
    promotionId,
    rounds,
  }: { readonly memberId: string; readonly promotionId: string; readonly rounds: number },
): void {
  const [usage] = store.find('PromotionPartyUsage', { PartyId: memberId, PromotionId: promotionId });
  const values = { UsageCount: rounds };
  if (usage) {
    store.update('PromotionPartyUsage', usage.Id, values, { as: 'org', userId });
    return;
  }
  const party = { PartyId: memberId, LoyaltyProgramMemberId: memberId, Type: 'LoyaltyProgramMember' };
  store.insert('PromotionPartyUsage', { ...party, PromotionId: promotionId, ...values }, { as: 'org', userId });
}
