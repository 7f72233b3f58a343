import type { FaultPlanInput } from '../../../src/emulator/index.js';
import { message, start } from '../../processes.js';
import { harbourMapping } from '../feedFiles.js';
import type { FeedFile } from '../feedFiles.js';
import type { LoopResult, LoopTask } from '../jsforceLoop.js';
import { leftWrong } from '../leftWrong.js';
import type { SeenJournal } from '../leftWrong.js';
import type { Measure, MeasuredLine } from '../measure.js';
import { withOrg } from '../orgProcess.js';
import type { RunningOrg } from '../orgProcess.js';
import { runSync } from '../runSync.js';
import { wantedJournals } from '../wantedJournals.js';

const rows = 100_000;

/** 1 % of the transactions of the ingest job, 200 rows each, meet a locked row, which refuses them all. */
const faults = (seed: number): FaultPlanInput => ({
  seed,
  rules: [{ fault: 'jobRows', rate: 0.01, match: { method: 'PUT', path: '/jobs/ingest/*' } }],
});

interface Side {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly calls: number;
  readonly missing: number;
  readonly doubled: number;
}

/** The bulk route beside jsforce's `bulk2`: the same feed, into local orgs with the same faults, and run by a batch job. */
export const besideBulk: Measure = {
  lines: {
    time: compared('time'),
    calls: compared('calls'),
    memory: compared('peak memory'),
    wrong: { what: '… the bulk route: missing and doubled', unit: 'rows', digits: 0, better: 'less', must: 0 },
    ...shown('sync', 'the bulk route'),
    ...shown('loop', 'jsforce'),
    loopMissing: { what: '… jsforce: missing', unit: 'rows', digits: 0, better: 'less' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('skewed', rows / scale);
    const wanted = await wantedJournals(feed.path, harbourMapping);
    const sides = { sync: ofSync, loop: ofJsforce };
    const names = number % 2 === 1 ? (['sync', 'loop'] as const) : (['loop', 'sync'] as const);
    const results = {} as Record<keyof typeof sides, Side>;
    for (const name of names) results[name] = await inOrg({ feed, wanted, seed: number }, sides[name]);
    const { sync, loop } = results;
    return {
      time: sync.seconds / loop.seconds,
      calls: sync.calls / loop.calls,
      memory: sync.peakMegabytes / loop.peakMegabytes,
      wrong: sync.missing + sync.doubled,
      ...{ syncSeconds: sync.seconds, syncCalls: sync.calls, syncMemory: sync.peakMegabytes },
      ...{ loopSeconds: loop.seconds, loopCalls: loop.calls, loopMemory: loop.peakMegabytes },
      loopMissing: loop.missing,
    };
  },
};

type Run = (org: RunningOrg, feed: FeedFile) => Promise<Pick<Side, 'peakMegabytes' | 'seconds'>>;

async function inOrg(
  { feed, wanted, seed }: { feed: FeedFile; wanted: readonly SeenJournal[]; seed: number },
  run: Run,
): Promise<Side> {
  const members = new Set(wanted.map(({ member }) => member));
  return withOrg({ members, faults: faults(seed), isBatch: true }, async (org) => {
    const { seconds, peakMegabytes } = await run(org, feed);
    const { all } = await org.requests();
    // Jobs store rows by member and not in the order of the feed; the batch job orders them.
    const { missing, doubled } = leftWrong(wanted, await org.journals());
    return { seconds, peakMegabytes, calls: all, missing, doubled };
  });
}

const ofSync: Run = ({ url }, feed) => runSync(url, feed, { route: 'bulk' });

const ofJsforce: Run = ({ url, accessToken }, { path }) => {
  const task: LoopTask = { url, accessToken, file: path };
  return message<LoopResult>(start('sync/jsforceBulk.ts', [JSON.stringify(task)]));
};

function compared(what: string): MeasuredLine {
  const title = `back-filling 100,000 rows, 1 % faults, beside bulk2 of jsforce: ${what}`;
  return { what: title, unit: '×', digits: 2, better: 'less', must: 1 };
}

function shown(name: string, who: string): Record<string, MeasuredLine> {
  return {
    [`${name}Seconds`]: { what: `… ${who}`, unit: 's', digits: 1, better: 'less' },
    [`${name}Calls`]: { what: `… ${who}: all calls`, unit: '', digits: 0, better: 'less' },
    [`${name}Memory`]: { what: `… ${who}: peak memory`, unit: 'MB', digits: 0, better: 'less' },
  };
}
