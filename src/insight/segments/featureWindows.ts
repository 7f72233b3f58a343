import { featureNamed } from './memberFeatures.js';
import type { FeatureName, SpannedFeature } from './memberFeatures.js';
import type { FeatureComparison, SegmentDefinition } from './segmentShape.js';

/** The numbers of days within which features are computed, besides those of all time. */
export type FeatureWindows = ReadonlyMap<FeatureName, readonly number[]>;

/** What the comparison of segments shows. */
const alwaysComputed: readonly SpannedFeature[] = [
  { feature: 'spend', within: 365 },
  { feature: 'purchases', within: 365 },
  { feature: 'pointsEarned', within: 365 },
  { feature: 'pointsRedeemed', within: 365 },
  { feature: 'pointsExpiring', within: 30 },
];

/** Returns the windows that these segments compare, and those that are always computed. */
export function featureWindows(segments: readonly SegmentDefinition[]): FeatureWindows {
  const windows = new Map<FeatureName, readonly number[]>();
  for (const { feature, within } of [...alwaysComputed, ...segments.flatMap(comparisonsOf)]) {
    const known = windows.get(feature) ?? [];
    if (within !== undefined && !known.includes(within)) windows.set(feature, [...known, within]);
  }
  return windows;
}

/** Returns a feature as it is computed: of all time, unless it has none, and within each of its windows. */
export function spansOf(feature: FeatureName, windows: FeatureWindows): readonly SpannedFeature[] {
  const spanned = (windows.get(feature) ?? []).map((within) => ({ feature, within }));
  return featureNamed(feature).span === 'required' ? spanned : [{ feature }, ...spanned];
}

/** Returns all comparisons of a segment. */
export function comparisonsOf({ all = [], any = [] }: SegmentDefinition): readonly FeatureComparison[] {
  return [...all, ...any].flatMap((condition) => {
    if ('all' in condition) return condition.all;
    return 'any' in condition ? condition.any : [condition];
  });
}
