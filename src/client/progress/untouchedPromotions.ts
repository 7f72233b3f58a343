import { z } from 'zod';
import { numberIn } from './engagementAttributes.js';
import type { CountingAttribute } from './engagementAttributes.js';
import { PromotionKeys, keysOf, percentOf } from './progressRow.js';
import type { ProgressRow, MemberKeys } from './progressRow.js';
import { isCurrent } from '../query/period.js';
import type { QueryResource } from '../query/queryResource.js';
import { soqlText } from '../query/soql.js';

const PromotionRow = PromotionKeys.extend({
  StartDate: z.string().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

export interface Untouched {
  readonly program: string;
  readonly member: z.infer<typeof MemberKeys>;
  /** What the member has already begun. */
  readonly begun: readonly ProgressRow[];
  readonly attributes: readonly CountingAttribute[];
  readonly now: number;
}

/**
 * Reads running cumulative promotions that the member has not begun: without a row, nothing is done yet. Promotions
 * that need enrollment are left out, because the member is not enrolled in them.
 */
export async function readUntouched(query: QueryResource, wanted: Untouched): Promise<ProgressRow[]> {
  const soql =
    `SELECT Id, Name, StartDate, EndDate, CumulativeUsageTarget FROM Promotion ` +
    `WHERE LoyaltyProgram.Name = ${soqlText(wanted.program)} AND LoyaltyPromotionType = 'Cumulative' ` +
    'AND IsActive = TRUE AND IsEnrollmentRequired = FALSE ORDER BY Name';
  const promotions = await query.allRows(soql, PromotionRow);
  const begun = new Set(wanted.begun.map(({ promotionId, attributeId }) => `${promotionId} ${attributeId ?? ''}`));
  return promotions
    .filter(({ StartDate, EndDate }) => isCurrent({ start: StartDate, end: EndDate }, wanted.now))
    .flatMap((promotion) => nothingDone(promotion, wanted))
    .filter(({ promotionId, attributeId }) => !begun.has(`${promotionId} ${attributeId ?? ''}`));
}

function nothingDone(promotion: z.infer<typeof PromotionRow>, { member, attributes }: Untouched): ProgressRow[] {
  const row = { ...keysOf(promotion, member), completed: 0, timesReached: 0, isStored: false };
  const target = promotion.CumulativeUsageTarget;
  if (target !== null)
    return [{ ...row, target, percent: 0, mechanism: 'cumulativeUsage', attributeId: null, attributeName: null }];
  return attributes
    .filter(({ Promotion }) => Promotion.Id === promotion.Id)
    .map(({ LoyaltyProgramEngmtAttr: { Id, Name, TargetValue } }) => ({
      ...row,
      target: numberIn(TargetValue),
      percent: percentOf(0, numberIn(TargetValue)),
      mechanism: 'engagementAttribute',
      attributeId: Id,
      attributeName: Name,
    }));
}
