import { z } from 'zod';
import { shortId } from '../../base/sameId.js';
import { LoyaltyApiError } from '../failures/callErrors.js';
import type { QueryResource } from '../query/queryResource.js';
import { inLists, soqlText } from '../query/soql.js';
import type { ProgressKeys } from './progressKeys.js';
import { PartyUsage, rewardCounts } from './rewardCounts.js';

const UsesRow = z.object({
  LoyaltyProgramMemberId: z.string(),
  PromotionId: z.string(),
  CumulativeUsageCompleted: z.number().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

/** Where a member is in a promotion that may start again at its target. */
export interface UsagePosition {
  /** 0 for one that has not begun. */
  readonly completed: number;
  /** `PromotionPartyUsage.UsageCount`. Null if the org has no such object, or this user cannot see it. */
  readonly rounds: number | null;
  /** Null if the member has not begun. */
  readonly target: number | null;
}

/** Returns where each member is in each promotion, in order. */
export async function readPositions(query: QueryResource, keys: readonly ProgressKeys[]): Promise<UsagePosition[]> {
  const conditions = [...Map.groupBy(keys, ({ promotionId }) => promotionId)].flatMap(([promotionId, own]) =>
    inLists(own.map(({ memberId }) => memberId)).map(
      (members) => `WHERE PromotionId = ${soqlText(promotionId)} AND LoyaltyProgramMemberId IN ${members}`,
    ),
  );
  const { uses, rewards } = await readRows(query, conditions);
  const begun = new Map(uses.map((row) => [pair(row.LoyaltyProgramMemberId, row.PromotionId), row]));
  return keys.map(({ memberId, promotionId }) => {
    const row = begun.get(pair(memberId, promotionId));
    const rounds = rewards?.of(memberId, promotionId) ?? null;
    return { completed: row?.CumulativeUsageCompleted ?? 0, rounds, target: row?.CumulativeUsageTarget ?? null };
  });
}

interface Rows {
  readonly uses: readonly z.infer<typeof UsesRow>[];
  readonly rewards: ReturnType<typeof rewardCounts> | undefined;
}

async function readRows(query: QueryResource, conditions: readonly string[]): Promise<Rows> {
  const usesOf = conditions.map(
    (condition) =>
      'SELECT LoyaltyProgramMemberId, PromotionId, CumulativeUsageCompleted, CumulativeUsageTarget ' +
      `FROM LoyaltyProgramMbrPromotion ${condition}`,
  );
  const rewardsOf = conditions.map(
    (condition) => `SELECT PromotionId, LoyaltyProgramMemberId, UsageCount FROM PromotionPartyUsage ${condition}`,
  );
  try {
    const rows = await query.rowsOfAll([...rewardsOf, ...usesOf], z.union([PartyUsage, UsesRow]));
    const rewards = rewardCounts(rows.filter((row) => 'UsageCount' in row));
    return { uses: rows.filter((row) => 'CumulativeUsageCompleted' in row), rewards };
  } catch (error) {
    if (!(error instanceof LoyaltyApiError && error.errorCode === 'INVALID_TYPE')) throw error;
  }
  return { uses: await query.rowsOfAll(usesOf, UsesRow), rewards: undefined };
}

function pair(memberId: string, promotionId: string): string {
  return `${shortId(memberId)} ${shortId(promotionId)}`;
}
