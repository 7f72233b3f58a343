import { createHash } from 'node:crypto';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf } from '../rowValues.js';

/**
 * Draws one of the rewards that have not been given as often as they can be, weighted by `WinProbability`. Without any
 * weight, all are equally likely.
 *
 * @param seed Id of the participant's reward. The same Id draws the same reward, so that an org repeats its games
 */
export function drawReward(rewards: readonly SObjectRow[], seed: string): SObjectRow | undefined {
  const left = rewards.filter((reward) => !isUsedUp(reward));
  const isWeighted = left.some((reward) => numberOf(reward, 'WinProbability') > 0);
  const weightOf = (reward: SObjectRow): number => (isWeighted ? numberOf(reward, 'WinProbability') : 1);
  let rest = fractionOf(seed) * left.reduce((sum, reward) => sum + weightOf(reward), 0);
  return left.find((reward) => {
    rest -= weightOf(reward);
    return rest < 0;
  });
}

function isUsedUp(reward: SObjectRow): boolean {
  const most = reward['MaximumRewardCount'];
  return typeof most === 'number' && numberOf(reward, 'CurrentRewardCount') >= most;
}

/** A number in [0, 1). */
function fractionOf(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) / 2 ** 32;
}
