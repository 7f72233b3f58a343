import type { GoalState } from './goalPace.js';

/** States as a person reads them. */
export const goalWords: Readonly<Record<GoalState, string>> = {
  met: 'met',
  onTrack: 'on track',
  behind: 'behind',
  missed: 'missed',
  notBegun: 'not begun',
  unknown: 'unknown',
};
