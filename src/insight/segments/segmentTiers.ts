import { meantName } from '../../base/text/nearest.js';
import type { ProgramFacts } from '../programFacts.js';
import { comparisonsOf } from './featureWindows.js';
import type { SegmentDefinition } from './segmentShape.js';

/** A segment names a tier that the program does not have, so that it would always be empty. */
export class UnknownSegmentTierError extends Error {
  override readonly name = 'UnknownSegmentTierError';
  readonly actions: readonly string[];

  constructor(
    readonly segment: string,
    readonly tier: string,
    readonly tiers: readonly string[],
  ) {
    const meant = meantName(tier, tiers);
    super(`The segment "${segment}" compares with the tier "${tier}", which the program does not have.`);
    const names = tiers.length === 0 ? 'The program has no tiers.' : `Use one of ${tiers.join(', ')}.`;
    this.actions = [meant === undefined ? names : `Did you mean ${meant}? ${names}`];
  }
}

/** @throws {UnknownSegmentTierError} */
export function requireTiers(segments: readonly SegmentDefinition[], { tiers }: ProgramFacts): void {
  const names = tiers.map(({ Name }) => Name);
  for (const segment of segments) {
    for (const { feature, is, isNot, in: among = [] } of comparisonsOf(segment)) {
      if (feature !== 'tier' && feature !== 'nextTier') continue;
      for (const value of [is, isNot, ...among]) {
        if (typeof value === 'string' && !names.includes(value))
          throw new UnknownSegmentTierError(segment.name, value, names);
      }
    }
  }
}
