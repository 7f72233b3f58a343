import { positionIn } from '../../client/index.js';
import type { FeatureContext } from './featureContext.js';

/**
 * Makes the temporary tables `heldTier`, the tier that each member holds in each group, and `tierStep`, the distance of
 * each member to the nearest of the next tiers.
 */
export function computeTierSteps({ db, facts, today }: FeatureContext): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.heldTier;
    DROP TABLE IF EXISTS temp.nextTier;
    DROP TABLE IF EXISTS temp.tierStep;
    CREATE TEMP TABLE heldTier (memberId TEXT, groupId TEXT, tierId TEXT, PRIMARY KEY (memberId, groupId)) WITHOUT ROWID;
    CREATE TEMP TABLE nextTier (groupId TEXT, heldTierId TEXT, currencyId TEXT, name TEXT, minimum INTEGER);
    CREATE TEMP TABLE tierStep (memberId TEXT PRIMARY KEY, nextTier TEXT, toGo INTEGER, percent REAL) WITHOUT ROWID;
  `);
  db.prepare(heldSql).run(today);
  const insert = db.prepare('INSERT INTO nextTier VALUES (?, ?, ?, ?, ?)');
  for (const ladder of facts.ladders) {
    for (const heldTierId of ['', ...ladder.tiers.map(({ tierId }) => tierId)]) {
      const { next } = positionIn(ladder, heldTierId || undefined, new Map());
      if (!ladder.currency || next?.minimum === null || next === null) continue;
      insert.run(
        ladder.tierGroupId,
        heldTierId,
        ladder.currency.currencyId,
        next.tierName,
        Math.round(next.minimum * 100),
      );
    }
  }
  db.exec(stepSql);
}

/** A tier that has ended is no longer held. The latest one counts. */
const heldSql = `
  INSERT INTO heldTier
  SELECT memberId, groupId, tierId FROM (
    SELECT memberId, groupId, tierId, max(since || id) FROM memberTier
    WHERE since <= ?1 AND (until IS NULL OR until > ?1) AND memberId IS NOT NULL AND groupId IS NOT NULL
    GROUP BY memberId, groupId)`;

/** A member has no balance of a currency that was added later. */
const stepSql = `
  INSERT INTO tierStep
  SELECT memberId, name, toGo, percent FROM (
    SELECT memberId, name, max(0, minimum - points) AS toGo,
      max(CASE WHEN points >= minimum THEN 100.0 ELSE 100.0 * max(0, points) / minimum END) AS percent
    FROM (
      SELECT member.id AS memberId, nextTier.name, minimum, coalesce((
        SELECT sum(points) FROM balance WHERE memberId = member.id AND currencyId = nextTier.currencyId), 0) AS points
      FROM member CROSS JOIN (SELECT DISTINCT groupId FROM nextTier) AS ladder
      LEFT JOIN heldTier ON heldTier.memberId = member.id AND heldTier.groupId = ladder.groupId
      JOIN nextTier ON nextTier.groupId = ladder.groupId AND nextTier.heldTierId = coalesce(heldTier.tierId, '')
      WHERE member.status = 'Active')
    GROUP BY memberId)`;
