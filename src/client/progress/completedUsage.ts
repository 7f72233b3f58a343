import { z } from 'zod';
import { shortId } from '../../base/sameId.js';
import type { QueryResource } from '../query/queryResource.js';
import { inLists, soqlText } from '../query/soql.js';
import type { ProgressKeys } from './progressKeys.js';

const CompletedRow = z.object({
  LoyaltyProgramMemberId: z.string(),
  PromotionId: z.string(),
  CumulativeUsageCompleted: z.number().nullable(),
});

/** Returns the uses of each member in each promotion, in order. 0 for one that has not begun. */
export async function readCompleted(query: QueryResource, keys: readonly ProgressKeys[]): Promise<number[]> {
  const queries = [...Map.groupBy(keys, ({ promotionId }) => promotionId)].flatMap(([promotionId, own]) =>
    inLists(own.map(({ memberId }) => memberId)).map(
      (members) =>
        'SELECT LoyaltyProgramMemberId, PromotionId, CumulativeUsageCompleted FROM LoyaltyProgramMbrPromotion ' +
        `WHERE PromotionId = ${soqlText(promotionId)} AND LoyaltyProgramMemberId IN ${members}`,
    ),
  );
  const rows = await query.rowsOfAll(queries, CompletedRow);
  const completed = new Map(
    rows.map((row) => [pair(row.LoyaltyProgramMemberId, row.PromotionId), row.CumulativeUsageCompleted ?? 0]),
  );
  return keys.map(({ memberId, promotionId }) => completed.get(pair(memberId, promotionId)) ?? 0);
}

function pair(memberId: string, promotionId: string): string {
  return `${shortId(memberId)} ${shortId(promotionId)}`;
}
