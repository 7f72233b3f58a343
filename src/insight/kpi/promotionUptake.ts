import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ProgramFacts } from '../programFacts.js';
import type { ReportPeriod } from '../reportPeriod.js';

/** How a promotion does. */
export interface PromotionUptake {
  readonly promotion: string;
  /** Standard, Cumulative or Joint. */
  readonly type: string | null;
  /** Members who take part, or took part, up to the last day. */
  readonly enrolled: number;
  /** Of them, those who began within the period. */
  readonly enrolledInPeriod: number;
  /** Members who have reached the target at least once, up to now. Null for a promotion without a target. */
  readonly completed: number | null;
  /** Rewards of the promotion within the period: vouchers that it issued. */
  readonly vouchersInPeriod: number;
  /** Days from taking part to the first voucher of the promotion: the median. Null without such vouchers. */
  readonly medianDays: number | null;
}

export function promotionUptake(
  db: DatabaseSync,
  { promotions }: ProgramFacts,
  { from, to }: ReportPeriod,
): PromotionUptake[] {
  return promotions.map(({ Id, Name, LoyaltyPromotionType: type, CumulativeUsageTarget: target }) => {
    const [usage] = typedRows<Usage>(db.prepare(usageSql), Id, from, to);
    const [issued] = typedRows<{ count: number }>(db.prepare(vouchersSql), Id, from, to);
    return {
      promotion: Name,
      type,
      enrolled: usage?.enrolled ?? 0,
      enrolledInPeriod: usage?.enrolledInPeriod ?? 0,
      completed: (target ?? 0) > 0 ? (usage?.completed ?? 0) : null,
      vouchersInPeriod: issued?.count ?? 0,
      medianDays: medianDays(db, Id, to),
    };
  });
}

interface Usage {
  readonly enrolled: number;
  readonly enrolledInPeriod: number | null;
  readonly completed: number | null;
}

const usageSql = `
  SELECT count(*) AS enrolled, sum(began >= ?2) AS enrolledInPeriod,
    sum(isComplete OR coalesce(times, 0) > 0) AS completed
  FROM (
    SELECT memberId, min(enrolled) AS began, max(coalesce(completed >= target AND target > 0, 0)) AS isComplete
    FROM usage WHERE promotionId = ?1 AND enrolled <= ?3 GROUP BY memberId)
  LEFT JOIN (SELECT memberId, max(times) AS times FROM rewardCount WHERE promotionId = ?1 GROUP BY memberId)
    USING (memberId)`;

const vouchersSql = 'SELECT count(*) AS count FROM voucher WHERE promotionId = ? AND issued BETWEEN ? AND ?';

/** The lower one of two middle values, so that it is a number of days that somebody took. */
function medianDays(db: DatabaseSync, promotionId: string, to: string): number | null {
  const [row] = typedRows<{ days: number }>(db.prepare(medianSql), promotionId, to);
  return row?.days ?? null;
}

const medianSql = `
  WITH taken AS (
    SELECT CAST(julianday(min(issued)) - julianday(usage.enrolled) AS INTEGER) AS days
    FROM usage JOIN voucher USING (memberId, promotionId)
    WHERE promotionId = ?1 AND issued <= ?2 AND issued >= usage.enrolled GROUP BY usage.id)
  SELECT days FROM taken ORDER BY days LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM taken)`;
