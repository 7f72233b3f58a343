import type { Clock } from '../../src/base/clock.js';

/** Waits only until others have had their turn. */
export const immediateClock: Clock = {
  now: () => Date.now(),
  sleep: () => new Promise((resolve) => void setImmediate(resolve)),
};
