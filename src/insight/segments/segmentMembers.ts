import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { spansOf } from './featureWindows.js';
import type { FeatureWindows } from './featureWindows.js';
import { featureColumn, memberFeatures } from './memberFeatures.js';
import type { FeatureDefinition, SpannedFeature } from './memberFeatures.js';
import { segmentSql } from './segmentSql.js';
import type { SegmentDefinition } from './segmentShape.js';

export type FeatureValue = string | number | boolean | null;

/** A member of a segment. Amounts and points are in units. */
export interface SegmentMember {
  readonly memberId: string;
  readonly membershipNumber: string;
  /** By column: the name of the feature and, if only some days count, their number, such as `purchases90`. */
  readonly features: Readonly<Record<string, FeatureValue>>;
}

/** Yields the members of a segment in the order of their Ids, after {@link computeFeatures}. Memory holds one. */
export function* segmentMembers(
  { db }: { readonly db: DatabaseSync },
  segment: SegmentDefinition,
  windows: FeatureWindows,
): Generator<SegmentMember, void, void> {
  const { sql, values } = segmentSql(segment);
  const columns = featureColumns(windows);
  for (const row of db.prepare(`SELECT * FROM memberFeature WHERE ${sql} ORDER BY memberId`).iterate(...values)) {
    const { memberId, membershipNumber, ...stored } = row as Record<string, string | number | null>;
    const features = columns.map(([column, kind]) => [column, valueOf(stored[column] ?? null, kind)] as const);
    yield {
      memberId: String(memberId),
      membershipNumber: String(membershipNumber),
      features: Object.fromEntries(features),
    };
  }
}

/** Returns the columns of all features in their order, each with its kind. */
export function featureColumns(windows: FeatureWindows): readonly (readonly [string, FeatureDefinition['kind']])[] {
  return memberFeatures.flatMap(({ name, kind }) =>
    spansOf(name, windows).map((span: SpannedFeature) => [featureColumn(span), kind] as const),
  );
}

function valueOf(stored: string | number | null, kind: FeatureDefinition['kind']): FeatureValue {
  if (stored === null || kind === 'text') return stored;
  if (kind === 'flag') return stored === 1;
  return kind === 'hundredths' ? Number(stored) / 100 : Math.round(Number(stored) * 100) / 100;
}
