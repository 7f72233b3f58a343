import type { ProgressRow } from '../client/index.js';
import type { ProgressRecord } from './results/progressResults.js';

/** Progress as `--json` has it. */
export function progressRecord(row: ProgressRow): ProgressRecord {
  const { promotionId, membershipNumber, promotionName, promotionEndDate, completed, target, percent } = row;
  return {
    key: promotionId,
    status: target !== null && completed >= target ? 'reached' : 'open',
    member: membershipNumber,
    promotionName,
    promotionEndDate,
    attributeName: row.attributeName,
    completed,
    target,
    percent,
  };
}

/** Sorts by promotion, and within it by progress, furthest first. */
export function byPromotion(a: ProgressRecord, b: ProgressRecord): number {
  return a.promotionName.localeCompare(b.promotionName) || furthestFirst(a, b);
}

export function furthestFirst(a: ProgressRecord, b: ProgressRecord): number {
  return (b.percent ?? 0) - (a.percent ?? 0) || a.member.localeCompare(b.member);
}

/** What is counted: the promotion, and the attribute where the org counts in attributes. */
export function countedName({ promotionName, attributeName }: ProgressRecord): string {
  return attributeName === null ? promotionName : `${promotionName}: ${attributeName}`;
}

/** Points and other values with decimals are subtracted without a tail. */
export function leftOf({ completed, target }: Pick<ProgressRecord, 'completed' | 'target'>): number | null {
  return target === null ? null : Math.max(0, Math.round((target - completed) * 1e6) / 1e6);
}
