import { addToDay } from '../../base/dayArithmetic.js';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ProgramFacts } from '../programFacts.js';
import type { ReportPeriod } from '../reportPeriod.js';

/** How many members hold a tier, and how they came to it in the period. */
export interface TierCount {
  readonly group: string;
  readonly tier: string;
  /** On the last day of the period. */
  readonly members: number;
  /** Came from a lower tier of the group. */
  readonly up: number;
  /** Came from a higher tier of the group. */
  readonly down: number;
  /** Had no tier of the group before. */
  readonly first: number;
}

/** Compares the tiers on the day before the period with those on its last day. */
export function tierCounts(db: DatabaseSync, { tiers }: ProgramFacts, { from, to }: ReportPeriod): TierCount[] {
  const ranks = new Map(tiers.map(({ Id }, index) => [Id, index]));
  const rows = typedRows<{ tierId: string; before: string | null; members: number }>(
    db.prepare(movementSql),
    to,
    addToDay(from, -1, 'Days'),
  );
  return tiers.map(({ Id, Name, LoyaltyTierGroup }) => {
    const held = rows.filter(({ tierId }) => tierId === Id);
    const sum = (isCounted: (before: string | null) => boolean): number =>
      held.filter(({ before }) => isCounted(before)).reduce((total, { members }) => total + members, 0);
    const rankOf = (tierId: string | null): number => ranks.get(tierId ?? '') ?? Number.NaN;
    return {
      group: LoyaltyTierGroup.Name,
      tier: Name,
      members: sum(() => true),
      up: sum((before) => rankOf(before) < rankOf(Id)),
      down: sum((before) => rankOf(before) > rankOf(Id)),
      first: sum((before) => before === null),
    };
  });
}

const movementSql = `
  WITH held AS (
    SELECT memberId, groupId, tierId, max(since) FROM memberTier
    WHERE since <= ?1 AND (until IS NULL OR until > ?1) GROUP BY memberId, groupId),
  earlier AS (
    SELECT memberId, groupId, tierId, max(since) FROM memberTier
    WHERE since <= ?2 AND (until IS NULL OR until > ?2) GROUP BY memberId, groupId)
  SELECT held.tierId, earlier.tierId AS before, count(*) AS members
  FROM held LEFT JOIN earlier USING (memberId, groupId) GROUP BY held.tierId, earlier.tierId`;
