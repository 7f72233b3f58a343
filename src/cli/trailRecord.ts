import type { MemberTrail, TrailStep } from '../client/index.js';
import type { TrailRecord, TrailStepRecord } from './results/trailResults.js';

/** A trail as `--json` has it. */
export function trailRecord({ promotion, trail }: MemberTrail, member: string): TrailRecord {
  const { totalResetCount, remainingResetCount, rewards } = trail;
  const steps = trail.steps.map(stepRecord);
  return {
    key: promotion.Id,
    status: steps.length > 0 && steps.every(isReached) ? 'reached' : 'open',
    member,
    promotionName: trail.promotionName ?? promotion.Name,
    timesPossible: totalResetCount,
    timesLeft: remainingResetCount,
    steps,
    rewards: {
      points: rewards.points.map(({ currency, points }) => ({ currency, points })),
      vouchers: rewards.vouchers.map(({ definitionId, voucher }) => ({ definitionId, voucher })),
      badges: rewards.badges.map(({ badgeId, badge }) => ({ badgeId, badge })),
    },
  };
}

export function isReached({ completed, target }: Pick<TrailStepRecord, 'completed' | 'target'>): boolean {
  return completed !== null && target !== null && completed >= target;
}

function stepRecord(step: TrailStep): TrailStepRecord {
  const { name, description, startDate, endDate, currentValue, targetValue } = step;
  const completed = numberIn(currentValue ?? (step.defaultValue || '0'));
  const target = numberIn(targetValue);
  return {
    ...{ name, description, attributeStatus: step.status, startDate, endDate, currentValue, targetValue },
    completed,
    target,
    percent: completed !== null && target ? Math.round((completed / target) * 1e4) / 100 : null,
  };
}

function numberIn(value: string | null): number | null {
  const number = value?.trim() ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}
