import type { InsightCache } from '../cache/insightCache.js';
import { beginGroups } from '../kpi/memberGroups.js';
import type { ProgramFacts } from '../programFacts.js';
import { computeFeatures } from './computeFeatures.js';
import type { FeatureOptions } from './computeFeatures.js';
import { segmentSql } from './segmentSql.js';

/**
 * Makes the temporary table `memberGroup`, which gives every active member the names of the segments that they are in.
 * @throws {UnknownSegmentTierError}
 */
export function groupBySegment(cache: InsightCache, facts: ProgramFacts, options: FeatureOptions): void {
  computeFeatures(cache, facts, options);
  beginGroups(cache.db);
  for (const segment of options.segments) {
    const { sql, values } = segmentSql(segment);
    const insert = `INSERT INTO memberGroup SELECT memberId, ? FROM memberFeature WHERE ${sql}`;
    cache.db.prepare(insert).run(segment.name, ...values);
  }
}
