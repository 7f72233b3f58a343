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

interface Side {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly calls: number;
  readonly wrong: number;
  readonly missing: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

/** The sync beside a loop over jsforce: the same feed, into local orgs with the same faults. */
export const besideLoop: Measure = {
  lines: {
    time: compared('time'),
    calls: compared('calls'),
    memory: compared('peak memory'),
    wrong: { what: '… what the sync left wrong', unit: 'rows', digits: 0, better: 'less', must: 0 },
    ...shown('sync', 'the sync'),
    ...shown('loop', 'the loop'),
    loopMissing: { what: '… the loop: missing', unit: 'rows', digits: 0, better: 'less' },
    loopDoubled: { what: '… the loop: doubled', unit: 'journals', digits: 0, better: 'less' },
    loopOutOfOrder: { what: '… the loop: out of order', unit: 'rows', digits: 0, better: 'less' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('skewed', rows / scale);
    const wanted = await wantedJournals(feed.path, harbourMapping);
    const sides = { sync: ofSync, loop: ofLoop };
    const names = number % 2 === 1 ? (['sync', 'loop'] as const) : (['loop', 'sync'] as const);
    const results = {} as Record<keyof typeof sides, Side>;
    for (const name of names) results[name] = await inOrg({ feed, wanted, seed: number }, sides[name]);
    const { sync, loop } = results;
    return {
      time: sync.seconds / loop.seconds,
      calls: sync.calls / loop.calls,
      memory: sync.peakMegabytes / loop.peakMegabytes,
      wrong: sync.wrong,
      ...{ syncSeconds: sync.seconds, syncCalls: sync.calls, syncMemory: sync.peakMegabytes },
      ...{ loopSeconds: loop.seconds, loopCalls: loop.calls, loopMemory: loop.peakMegabytes },
      ...{ loopMissing: loop.missing, loopDoubled: loop.doubled, loopOutOfOrder: loop.outOfOrder },
    };
  },
};

type Run = (org: RunningOrg, feed: FeedFile) => Promise<Pick<Side, 'peakMegabytes' | 'seconds'>>;

async function inOrg(
  { feed, wanted, seed }: { feed: FeedFile; wanted: readonly SeenJournal[]; seed: number },
  run: Run,
): Promise<Side> {
  const members = new Set(wanted.map(({ member }) => member));
  return withOrg({ members, faults: faults(seed) }, async (org) => {
    const { seconds, peakMegabytes } = await run(org, feed);
    const { all } = await org.requests();
    const left = leftWrong(wanted, await org.journals());
    const wrong = left.missing + left.doubled + left.outOfOrder + left.strange;
    return { seconds, peakMegabytes, calls: all, wrong, ...left };
  });
}

const ofSync: Run = ({ url }, feed) => runSync(url, feed, { settle });

const ofLoop: Run = ({ url, accessToken }, { path }) => {
  const task: LoopTask = { url, accessToken, file: path };
  return message<LoopResult>(start('sync/jsforceLoop.ts', [JSON.stringify(task)]));
};

function compared(what: string): MeasuredLine {
  const title = `skewed feed of 100,000 rows, 1 % faults, beside a loop over jsforce: ${what}`;
  return { what: title, unit: '×', digits: 2, better: 'less', must: 1 };
}

function shown(name: string, who: string): Record<string, MeasuredLine> {
  return {
    [`${name}Seconds`]: { what: `… ${who}`, unit: 's', digits: 1, better: 'less' },
    [`${name}Calls`]: { what: `… ${who}: all calls`, unit: '', digits: 0, better: 'less' },
    [`${name}Memory`]: { what: `… ${who}: peak memory`, unit: 'MB', digits: 0, better: 'less' },
  };
}
