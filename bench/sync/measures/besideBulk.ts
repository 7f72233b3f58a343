import { runSync } from '../runSync.js';
import { besideJsforce } from './besideJsforce.js';

/** The bulk route beside jsforce's `bulk2`. Jobs store rows by member; the batch job orders them. */
export const besideBulk = besideJsforce({
  title: 'back-filling 100,000 rows, 1 % faults, beside bulk2 of jsforce',
  who: { sync: 'the bulk route', loop: 'jsforce' },
  // 1 % of the transactions of the ingest job, 200 rows each, meet a locked row, which refuses them all.
  org: (seed) => ({
    isBatch: true,
    faults: { seed, rules: [{ fault: 'jobRows', rate: 0.01, match: { method: 'PUT', path: '/jobs/ingest/*' } }] },
  }),
  sync: ({ url }, feed) => runSync(url, feed, { route: 'bulk' }),
  program: 'sync/jsforceBulk.ts',
  keepsOrder: false,
});
