import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { segmentSql } from './segmentSql.js';
import type { SqlCondition } from './segmentSql.js';
import type { SegmentDefinition } from './segmentShape.js';

/** Members of a segment, and what is typical of them. */
export interface SegmentFigures {
  readonly members: number;
  /** Of all active members: from 0 to 1. */
  readonly share: number;
  /** Per member, in the last 365 days. Null for a segment without members. */
  readonly averageSpend: number | null;
  /** Purchases per member in the last 365 days. */
  readonly purchaseFrequency: number | null;
  /** Per member: points of the primary spendable currency. */
  readonly averageBalance: number | null;
  /** Points redeemed by points earned, in the last 365 days. Null if none were earned. */
  readonly redemptionRate: number | null;
}

export interface ReportedSegment extends SegmentFigures {
  readonly segment: SegmentDefinition;
}

export interface SegmentReport {
  /** Of all active members. */
  readonly all: SegmentFigures;
  readonly segments: readonly ReportedSegment[];
}

/** Compares segments with all members, after {@link computeFeatures}. A member can be in several segments. */
export function segmentReport(
  { db }: { readonly db: DatabaseSync },
  segments: readonly SegmentDefinition[],
): SegmentReport {
  const whole = sums(db, { sql: '1', values: [] });
  const figuresOf = (condition: SqlCondition): SegmentFigures => figures(sums(db, condition), whole.members);
  return {
    all: figures(whole, whole.members),
    segments: segments.map((segment) => ({ segment, ...figuresOf(segmentSql(segment)) })),
  };
}

interface Sums {
  readonly members: number;
  readonly spend: number;
  readonly purchases: number;
  readonly balance: number;
  readonly earned: number;
  readonly redeemed: number;
}

function sums(db: DatabaseSync, { sql, values }: SqlCondition): Sums {
  const statement = db.prepare(`
    SELECT count(*) AS members, total(spend365) AS spend, total(purchases365) AS purchases,
      total(pointsBalance) AS balance, total(pointsEarned365) AS earned, total(pointsRedeemed365) AS redeemed
    FROM memberFeature WHERE ${sql}`);
  return statement.get(...values) as unknown as Sums;
}

function figures({ members, spend, purchases, balance, earned, redeemed }: Sums, all: number): SegmentFigures {
  const perMember = (sum: number): number | null => (members === 0 ? null : sum / members);
  return {
    members,
    share: all === 0 ? 0 : members / all,
    averageSpend: perMember(spend / 100),
    purchaseFrequency: perMember(purchases),
    averageBalance: perMember(balance / 100),
    redemptionRate: earned === 0 ? null : redeemed / earned,
  };
}
