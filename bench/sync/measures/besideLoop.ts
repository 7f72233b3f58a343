import type { FaultPlanInput } from '../../../src/emulator/index.js';
import { runSync } from '../runSync.js';
import { besidePrograms } from './besidePrograms.js';

/**
 * In real orgs a lost request may be carried out up to 10 minutes later, and the sync waits 12. Here it is 1.5 and 2
 * seconds, so that the whole takes minutes. Both sides meet the same org.
 */
const latest = 1500;
const settle = 2000;
const match = { method: 'POST', path: '/connect/realtime/*' } as const;

/** 1 % of the requests with journals: done without an answer, done later, reset before they are done, and turned away. */
const faults = (seed: number): FaultPlanInput => {
  const part = { rate: 0.0025, match };
  const busy = { status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'The server is busy.' };
  return {
    seed,
    rules: [
      { fault: 'silence', ...part },
      { fault: 'lateCommit', milliseconds: [0, latest], ...part },
      { fault: 'reset', ...part },
      { fault: 'error', ...busy, ...part },
    ],
  };
};

/** The sync beside a loop over jsforce. */
export const besideLoop = besidePrograms({
  title: 'skewed feed of 100,000 rows, 1 % faults',
  own: { sync: { who: 'the sync', run: ({ url }, feed) => runSync(url, feed, { settle }) } },
  others: { loop: { who: 'a loop over jsforce', program: 'sync/jsforceLoop.ts', beside: 'sync' } },
  org: (seed) => ({ faults: faults(seed) }),
  keepsOrder: true,
});
