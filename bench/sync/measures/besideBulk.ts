import { missingSf } from '../installedSf.js';
import { runSync } from '../runSync.js';
import { syncCommand } from '../syncCommand.js';
import { besidePrograms } from './besidePrograms.js';

/**
 * The bulk route: the library beside jsforce's `bulk2`, and the command beside `sf data import bulk`. Jobs store rows by
 * member; the batch job orders them.
 */
export const besideBulk = besidePrograms({
  title: 'back-filling 100,000 rows in bulk, 1 % faults',
  own: {
    sync: { who: 'the library', run: ({ url }, feed) => runSync(url, feed, { route: 'bulk' }) },
    command: { who: 'the command', run: ({ url }, feed) => syncCommand(url, feed, ['--route', 'bulk']) },
  },
  others: {
    jsforce: { who: 'bulk2 of jsforce', program: 'sync/jsforceBulk.ts', beside: 'sync' },
    sf: { who: 'sf data import bulk', program: 'sync/sfImportBulk.ts', beside: 'command', missing: missingSf },
  },
  // 1 % of the transactions of the ingest job, 200 rows each, meet a locked row, which refuses them all.
  org: (seed) => ({
    isBatch: true,
    faults: { seed, rules: [{ fault: 'jobRows', rate: 0.01, match: { method: 'PUT', path: '/jobs/ingest/*' } }] },
  }),
  keepsOrder: false,
});
