import { z } from 'zod';
import { shortId } from '../../base/sameId.js';
import { noneWithoutFeature } from '../query/noneWithoutFeature.js';
import type { QueryResource } from '../query/queryResource.js';
import { ofMembers } from './progressRow.js';
import type { ProgressFilter } from './progressRow.js';

export const PartyUsage = z.object({
  PromotionId: z.string(),
  LoyaltyProgramMemberId: z.string(),
  UsageCount: z.number().nullable(),
});

/** How often members were rewarded by promotions that start again at their target. */
export interface RewardCounts {
  of(memberId: string, promotionId: string): number;
}

/**
 * Reads PromotionPartyUsage. The guide says of `UsageCount` that it is how often a party used the promotion; that a
 * cumulative promotion is used when its target is reached is inferred. An org without the object has counted nothing.
 */
export async function readRewardCounts(query: QueryResource, filter: ProgressFilter): Promise<RewardCounts> {
  return rewardCounts(await query.allRows(rewardCountsSoql(ofMembers(filter)), PartyUsage).catch(noneWithoutFeature));
}

/** @param members a condition on LoyaltyProgramMember */
export function rewardCountsSoql(members: string): string {
  return (
    `SELECT PromotionId, LoyaltyProgramMemberId, UsageCount FROM PromotionPartyUsage WHERE ${members} ` +
    "AND UsageCount > 0 AND Promotion.LoyaltyPromotionType = 'Cumulative'"
  );
}

export function rewardCounts(usages: readonly z.infer<typeof PartyUsage>[]): RewardCounts {
  const counts = new Map(usages.map((usage) => [keyOf(usage.LoyaltyProgramMemberId, usage.PromotionId), usage]));
  return { of: (memberId, promotionId) => Math.floor(counts.get(keyOf(memberId, promotionId))?.UsageCount ?? 0) };
}

function keyOf(memberId: string, promotionId: string): string {
  return `${shortId(memberId)} ${shortId(promotionId)}`;
}
