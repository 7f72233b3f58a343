import { z } from 'zod';
import { isCurrent } from '../query/period.js';
import { MemberKeys, PromotionKeys, isWantedRow, keysOf, ofMembers, percentOf, roundsIn } from './progressRow.js';
import type { ProgressFilter, ProgressRow } from './progressRow.js';

import type { QueryResource } from '../query/queryResource.js';
import { readRewardCounts } from './rewardCounts.js';
import type { RewardCounts } from './rewardCounts.js';

export const UsageRow = z.object({
  Promotion: PromotionKeys,
  LoyaltyProgramMember: MemberKeys,
  CumulativeUsageCompleted: z.number().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
  CumulativeUsageCompletePercent: z.number().nullable(),
});

export const usageColumns =
  'Promotion.Id, Promotion.Name, Promotion.EndDate, LoyaltyProgramMember.Id, ' +
  'LoyaltyProgramMember.MembershipNumber, CumulativeUsageCompleted, CumulativeUsageTarget, ' +
  'CumulativeUsageCompletePercent';

/** Reads the progress in cumulative promotions that have their own target. */
export async function readCumulativeUsage(
  query: QueryResource,
  filter: ProgressFilter & { readonly now: number },
): Promise<ProgressRow[]> {
  const soql =
    `SELECT ${usageColumns} FROM LoyaltyProgramMbrPromotion WHERE ${ofMembers(filter)} ` +
    "AND Promotion.LoyaltyPromotionType = 'Cumulative'" +
    nearCondition(filter);
  const [rows, rewards] = await Promise.all([query.allRows(soql, UsageRow), readRewardCounts(query, filter)]);
  return rows
    .filter(
      ({ Promotion }) => filter.near === undefined || isCurrent({ start: null, end: Promotion.EndDate }, filter.now),
    )
    .flatMap((row) => usageProgress(row, rewards))
    .filter(isWantedRow(filter));
}

/** Returns the progress that a row says, if any. */
export function usageProgress(row: z.infer<typeof UsageRow>, rewards: RewardCounts): ProgressRow[] {
  // If the promotion has no target itself, its progress is in engagement attributes.
  if (row.CumulativeUsageTarget === null) return [];
  const completed = row.CumulativeUsageCompleted ?? 0;
  const { Promotion, LoyaltyProgramMember, CumulativeUsageTarget: target } = row;
  const counted = rewards.of(LoyaltyProgramMember.Id, Promotion.Id);
  return [
    {
      ...keysOf(Promotion, LoyaltyProgramMember),
      completed,
      target,
      percent: wholePercent(row.CumulativeUsageCompletePercent, completed, target),
      // An org whose rule goes on counting may count rewards as well: the same ones.
      timesReached: Math.max(counted, roundsIn(completed, target)),
      mechanism: 'cumulativeUsage',
      attributeId: null,
      attributeName: null,
      isStored: true,
    },
  ];
}

/**
 * Nobody is near the target of a promotion that has ended, or that they have left. The org rounds the percentage, so 100
 * may mean a little less. Those rows are judged by their numbers.
 */
function nearCondition({ near }: ProgressFilter): string {
  if (near === undefined) return '';
  const runs =
    ' AND Promotion.IsActive = TRUE AND (Promotion.IsEnrollmentRequired = FALSE OR IsEnrollmentActive = TRUE)';
  return `${runs} AND CumulativeUsageCompletePercent >= ${near} AND CumulativeUsageCompletePercent <= 100`;
}

/** The org's field has five digits, so this value may also mean any higher percentage, which is then computed here. */
const mostOfField = 999.99;

function wholePercent(ofOrg: number | null, completed: number, target: number | null): number | null {
  return ofOrg === null || ofOrg >= mostOfField ? percentOf(completed, target) : ofOrg;
}
