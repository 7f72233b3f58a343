/**
 * Reads a program into the cache of insight and makes a report, and sends an {@link InsightReading} to its parent.
 * Arguments: URL of the org, Id of the program, folder of the cache.
 */
import { join } from 'node:path';
import { LoyaltyClient } from '../src/client/index.js';
import { openInsight, programReport, readPeriod, readProgramFacts, refreshCache } from '../src/insight/index.js';
import { secondsOf } from './processes.js';
import { peakMegabytes } from './sync/peakMemory.js';

export interface InsightReading {
  /** Records that were read. */
  readonly records: number;
  readonly readingSeconds: number;
  readonly reportSeconds: number;
  readonly peakMegabytes: number;
}

const [url = '', programId = '', folder = ''] = process.argv.slice(2);
const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'bench', clientSecret: 'none' });
using cache = await openInsight({ client, programId, path: join(folder, 'cache.sqlite') });
let records = 0;
const readingSeconds = await secondsOf(async () => {
  ({ rows: records } = await refreshCache({ client, cache }));
});
const reportSeconds = await secondsOf(async () => {
  const facts = await readProgramFacts(client, programId);
  programReport(cache, facts, { period: readPeriod('2026-10'), by: 'channel' });
});
process.send?.({ records, readingSeconds, reportSeconds, peakMegabytes: peakMegabytes() } satisfies InsightReading);
