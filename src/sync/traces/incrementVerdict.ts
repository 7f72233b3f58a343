import type { UsagePosition } from '../../client/index.js';

/** What is stored of a position before an increment. */
export type PositionBefore = Pick<UsagePosition, 'completed' | 'rounds'>;

/**
 * Tells whether an increment has counted, by the position before and after it. A promotion may start again at its target
 * and then count a round, so that the uses alone prove nothing: 2 + 10 of 10 are 2 again.
 *
 * - `absent`: nothing has changed. If nobody can see the rounds, whole rounds would look the same: that is unclear.
 * - `counted`: the position is what it would be with the increment.
 * - `unclear`: anything else, so somebody else has changed it.
 */
export function incrementVerdict(
  before: PositionBefore,
  now: UsagePosition,
  by: number,
): 'absent' | 'counted' | 'unclear' {
  if (before.completed === now.completed && before.rounds === now.rounds) {
    return now.rounds === null && isWholeRounds(by, now.target) ? 'unclear' : 'absent';
  }
  return isCounted(before, now, by) ? 'counted' : 'unclear';
}

function isCounted(before: PositionBefore, now: UsagePosition, by: number): boolean {
  const rounds = (now.rounds ?? 0) - (before.rounds ?? 0);
  const wanted = before.completed + by;
  if (rounds === 0 || now.target === null) return rounds === 0 && (now.completed === wanted || isFloored(wanted, now));
  const { target } = now;
  const more = rounds * target + now.completed - before.completed;
  if (more === by) return true;
  if (isFloored(wanted + (before.rounds ?? 0) * target, now)) return true;
  // A promotion that goes on counting past its target may count rewards as well: the rounds are in its uses.
  return now.completed === wanted && rounds === roundsOf(now.completed, target) - roundsOf(before.completed, target);
}

/** An org that takes back no more than there is stops at 0. */
function isFloored(wanted: number, now: UsagePosition): boolean {
  return wanted < 0 && now.completed === 0 && (now.rounds ?? 0) === 0;
}

/** Without a row there is no target, and an increment would have made one. */
function isWholeRounds(by: number, target: number | null): boolean {
  return target !== null && target > 0 && by % target === 0;
}

function roundsOf(completed: number, target: number): number {
  return Math.floor(completed / target);
}
