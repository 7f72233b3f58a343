import { addToDay } from '../../base/dayArithmetic.js';
import { spendableCurrency } from '../programFacts.js';
import type { ProgramFacts } from '../programFacts.js';
import type { InsightCache } from '../cache/insightCache.js';
import { computeExpiringLots } from './expiringLots.js';
import type { FeatureContext } from './featureContext.js';
import { sumUpFeatures } from './featureSums.js';
import { featureWindows, spansOf } from './featureWindows.js';
import type { FeatureWindows } from './featureWindows.js';
import { featureColumn, memberFeatures } from './memberFeatures.js';
import type { FeatureName } from './memberFeatures.js';
import type { SegmentDefinition } from './segmentShape.js';
import { requireTiers } from './segmentTiers.js';
import { computeTierSteps } from './tierSteps.js';

export interface FeatureOptions {
  /** Segments whose comparisons the features are for. */
  readonly segments: readonly SegmentDefinition[];
  /** `yyyy-MM-dd`, in the org's time zone. */
  readonly today: string;
}

/**
 * Computes the features of all active members into the temporary table `memberFeature`, which has a column for each
 * feature and window. Each table of the cache is read in the order of members, so that memory does not grow with them.
 * @throws {UnknownSegmentTierError}
 */
export function computeFeatures(
  cache: InsightCache,
  facts: ProgramFacts,
  { segments, today }: FeatureOptions,
): FeatureWindows {
  requireTiers(segments, facts);
  const windows = featureWindows(segments);
  const { db } = cache;
  const context: FeatureContext = { db, facts, windows, today, currencyId: spendableCurrency(facts)?.Id ?? '' };
  cache.atOneMoment(() => {
    sumUpFeatures(context);
    computeExpiringLots(context);
    computeTierSteps(context);
    collectSteps(context);
    collectFeatures(context);
  });
  return windows;
}

/** Small tables that the features are joined with. */
function collectSteps({ db, facts, today, windows, currencyId }: FeatureContext): void {
  const within = spansOf('pointsExpiring', windows);
  const expiring = within.map(
    (span) =>
      `sum(CASE WHEN day <= '${addToDay(today, span.within ?? 0, 'Days')}' THEN points ELSE 0 END) AS ${featureColumn(span)}`,
  );
  db.exec(`
    DROP TABLE IF EXISTS temp.tierName;
    DROP TABLE IF EXISTS temp.openPromotion;
    DROP TABLE IF EXISTS temp.promotionStep;
    DROP TABLE IF EXISTS temp.expiringSum;
    DROP TABLE IF EXISTS temp.spendable;
    CREATE TEMP TABLE tierName (tierId TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    CREATE TEMP TABLE openPromotion (promotionId TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE promotionStep (memberId TEXT PRIMARY KEY, percent REAL) WITHOUT ROWID;
    CREATE TEMP TABLE expiringSum (memberId TEXT PRIMARY KEY, day TEXT, ${within.map(featureColumn).join(', ')}) WITHOUT ROWID;
    CREATE TEMP TABLE spendable (memberId TEXT PRIMARY KEY, points INTEGER) WITHOUT ROWID;
  `);
  for (const { Id, Name } of facts.tiers) db.prepare('INSERT INTO tierName VALUES (?, ?)').run(Id, Name);
  for (const { Id, IsActive, LoyaltyPromotionType, EndDate } of facts.promotions)
    if (
      IsActive === true &&
      LoyaltyPromotionType === 'Cumulative' &&
      (EndDate === null || EndDate.slice(0, 10) >= today)
    )
      db.prepare('INSERT INTO openPromotion VALUES (?)').run(Id);
  db.exec(promotionSql);
  db.prepare(
    `
    INSERT INTO expiringSum SELECT memberId, min(day), ${expiring.join(', ')}
    FROM expiringLot WHERE day >= ? GROUP BY memberId`,
  ).run(today);
  db.prepare(spendableSql).run(currencyId);
}

const promotionSql = `
  INSERT INTO promotionStep SELECT memberId, max(100.0 * coalesce(completed, 0) / target)
  FROM usage JOIN openPromotion USING (promotionId)
  WHERE target > 0 AND coalesce(completed, 0) < target AND memberId IS NOT NULL GROUP BY memberId`;

const spendableSql = `
  INSERT INTO spendable SELECT memberId, sum(points) FROM balance WHERE currencyId = ? AND memberId IS NOT NULL
  GROUP BY memberId`;

/** A member with tiers in several groups of tiers has that of the first one. */
const single: Readonly<Partial<Record<FeatureName, string>>> = {
  type: 'member.type',
  channel: 'member.channel',
  receivesPromotions: 'coalesce(member.receivesPromotions, 0)',
  daysSinceEnrollment: daysSince('member.enrolled'),
  daysSinceActivity: daysSince('lastActivity'),
  daysSincePurchase: daysSince('lastPurchase'),
  pointsBalance: 'coalesce(spendable.points, 0)',
  daysToPointsExpiry: `-${daysSince('expiringSum.day')}`,
  tier: `(SELECT name FROM heldTier JOIN tierName USING (tierId) WHERE memberId = member.id ORDER BY groupId LIMIT 1)`,
  nextTier: 'tierStep.nextTier',
  pointsToNextTier: 'tierStep.toGo',
  tierPercent: 'tierStep.percent',
  promotionPercent: 'promotionStep.percent',
  vouchersOpen: 'CAST(coalesce(vouchersOpen, 0) AS INTEGER)',
  daysToVoucherExpiry: `-${daysSince('nextExpiry')}`,
};

function daysSince(day: string): string {
  return `CAST(julianday(:today) - julianday(${day}) AS INTEGER)`;
}

function collectFeatures({ db, windows, today }: FeatureContext): void {
  const columns = memberFeatures.flatMap(({ name }) =>
    spansOf(name, windows).map((span) => {
      const column = featureColumn(span);
      return [column, single[name] ?? `coalesce(${column}, 0)`] as const;
    }),
  );
  db.exec(`
    DROP TABLE IF EXISTS temp.memberFeature;
    CREATE TEMP TABLE memberFeature (
      memberId TEXT PRIMARY KEY, membershipNumber TEXT, ${columns.map(([column]) => column).join(', ')}) WITHOUT ROWID`);
  db.prepare(
    `
    INSERT INTO memberFeature SELECT member.id, number, ${columns.map(([, value]) => value).join(', ')}
    FROM member
    LEFT JOIN journalSum ON journalSum.memberId = member.id
    LEFT JOIN ledgerSum ON ledgerSum.memberId = member.id
    LEFT JOIN voucherSum ON voucherSum.memberId = member.id
    LEFT JOIN spendable ON spendable.memberId = member.id
    LEFT JOIN expiringSum ON expiringSum.memberId = member.id
    LEFT JOIN tierStep ON tierStep.memberId = member.id
    LEFT JOIN promotionStep ON promotionStep.memberId = member.id
    WHERE member.status = 'Active'`,
  ).run({ today });
}
