import { join } from 'node:path';
import { leftWrong } from '../leftWrong.js';
import type { Measure, MeasureOptions } from '../measure.js';
import { withOrg } from '../orgProcess.js';
import { runSync } from '../runSync.js';
import { wantedJournals } from '../wantedJournals.js';

const mapping = join(import.meta.dirname, '../../../examples/online-retail.yml');
/** So that requests overlap as in an org. */
const faults = { rules: [{ fault: 'latency' as const, milliseconds: 25 }] };

/** The calls for a real feed, counted by a local org. They do not depend on the machine. */
export const calls: Measure = {
  lines: {
    few: {
      what: 'real feed, --prefer calls: requests with journals',
      unit: '',
      digits: 0,
      better: 'less',
      must: 336,
      aim: 305,
    },
    fewAll: { what: '… all calls', unit: '', digits: 0, better: 'less' },
    usual: { what: 'real feed, as usual: requests with journals', unit: '', digits: 0, better: 'less' },
    usualAll: { what: '… all calls', unit: '', digits: 0, better: 'less' },
  },
  missing({ realFeed }) {
    if (realFeed !== undefined) return undefined;
    return 'Name a file of the UCI data set "Online Retail" in CSV: --real-feed FILE, or BENCH_REAL_FEED.';
  },
  async round(options) {
    const few = await requestsFor(options, 'calls');
    const usual = await requestsFor(options);
    return { few: few.journals, fewAll: few.all, usual: usual.journals, usualAll: usual.all };
  },
};

async function requestsFor({ realFeed = '' }: MeasureOptions, prefer?: 'calls') {
  const wanted = await wantedJournals(realFeed, mapping);
  const members = new Set(wanted.map(({ member }) => member));
  return withOrg({ members, faults }, async (org) => {
    await runSync(org.url, { path: realFeed, rows: wanted.length }, { mapping, ...(prefer && { prefer }) });
    const requests = await org.requests();
    const wrong = leftWrong(wanted, await org.journals());
    if (Object.values(wrong).some((count) => count > 0)) throw new Error(`In the org: ${JSON.stringify(wrong)}`);
    return requests;
  });
}
