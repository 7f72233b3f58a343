import type { EngagementTrailAnswer, TrailRewards } from '../contract/endpoints/trailEndpoints.js';
import { numberOrNull } from './numberOrNull.js';

/** A step of a trail: what is counted, and its target. */
export interface TrailStep {
  readonly name: string | null;
  readonly description: string | null;
  readonly status: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** As text, such as `2.0`. */
  readonly defaultValue: string | null;
  /** Null when nothing is recorded. */
  readonly currentValue: string | null;
  readonly targetValue: string | null;
}

/** How far a member is in the engagement trail of a promotion. */
export interface EngagementTrail {
  readonly promotionName: string | null;
  /** How often the trail can be completed, and how often still. Null where that is once. */
  readonly totalResetCount: number | null;
  readonly remainingResetCount: number | null;
  readonly steps: readonly TrailStep[];
  readonly rewards: {
    readonly points: ReadonlyArray<{ readonly currency: string | null; readonly points: number | null }>;
    readonly vouchers: ReadonlyArray<{ readonly definitionId: string | null; readonly voucher: string | null }>;
    readonly badges: ReadonlyArray<{ readonly badgeId: string | null; readonly badge: string | null }>;
  };
}

/** Returns the trail in one shape: the guide types its values as integers, and its sample has texts. */
export function engagementTrail(answer: EngagementTrailAnswer): EngagementTrail {
  const attributes = answer.memberEngagementAttributeOutputRepresentations ?? [];
  const rewards = answer.rewards ?? [];
  return {
    promotionName: answer.promotionName ?? null,
    totalResetCount: numberOrNull(answer.totalResetCount),
    remainingResetCount: numberOrNull(answer.remainingResetCount),
    steps: attributes.map((attribute) => ({
      name: attribute.name ?? null,
      description: attribute.description ?? null,
      status: attribute.attributeStatus ?? null,
      startDate: attribute.startDate ?? null,
      endDate: attribute.endDate ?? null,
      defaultValue: textOrNull(attribute.defaultValue),
      currentValue: textOrNull(attribute.currentValue),
      targetValue: textOrNull(attribute.targetValue),
    })),
    rewards: {
      points: rewards.flatMap(({ pointsRewards }) =>
        (pointsRewards ?? []).map(({ currencyName, points }) => ({
          currency: currencyName ?? null,
          points: numberOrNull(points),
        })),
      ),
      vouchers: rewards.flatMap(({ voucherRewards }) =>
        (voucherRewards ?? []).map(({ voucherDefinitionId, voucherName }) => ({
          definitionId: voucherDefinitionId ?? null,
          voucher: voucherName ?? null,
        })),
      ),
      badges: rewards.flatMap(badgesOf),
    },
  };
}

function badgesOf({ badgeReward, badgeRewards, BadgeRewards }: TrailRewards) {
  const badges = badgeReward ?? badgeRewards ?? BadgeRewards ?? [];
  return badges.map(({ badgeId, badgeName }) => ({ badgeId: badgeId ?? null, badge: badgeName ?? null }));
}

function textOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
