import type { ProgressRow } from '../client/index.js';
import type { ProgressRecord } from './results/progressResults.js';

/** Progress as `--json` has it. */
export function progressRecord(row: ProgressRow): ProgressRecord {
  const { promotionId, membershipNumber, promotionName, promotionEndDate, completed, target, percent } = row;
  return {
    key: promotionId,
    status: target !== null && completed >= target ? 'reached' : 'open',
    timesReached: row.timesReached,
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

/** By what is left; of those who have the same to go, whoever is furthest. */
export function nearestFirst(a: ProgressRecord, b: ProgressRecord): number {
  return (leftOf(a) ?? Infinity) - (leftOf(b) ?? Infinity) || furthestFirst(a, b) || byPromotion(a, b);
}

/** By how often the target was reached. */
export function mostOftenFirst(a: ProgressRecord, b: ProgressRecord): number {
  return b.timesReached - a.timesReached || byPromotion(a, b);
}

function furthestFirst(a: ProgressRecord, b: ProgressRecord): number {
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
