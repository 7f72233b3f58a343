import { message, start } from '../../processes.js';
import { harbourMapping } from '../feedFiles.js';
import type { FeedFile } from '../feedFiles.js';
import type { LoopResult, LoopTask } from '../jsforceLoop.js';
import { leftWrong } from '../leftWrong.js';
import type { SeenJournal } from '../leftWrong.js';
import type { Measure, MeasuredLine } from '../measure.js';
import { withOrg } from '../orgProcess.js';
import type { RunningOrg } from '../orgProcess.js';
import { wantedJournals } from '../wantedJournals.js';

const rows = 100_000;

/** A sync beside a program that uses jsforce: the same feed, into local orgs with the same faults. */
export interface BesideJsforce {
  readonly title: string;
  /** What the two are called. */
  readonly who: Readonly<Record<SideName, string>>;
  readonly org: (seed: number) => Omit<Parameters<typeof withOrg>[0], 'members'>;
  readonly sync: Run;
  /** The other program's file. Its argument is a {@link LoopTask}. */
  readonly program: string;
  /** Whether the journals of a member are in the org in the order of the feed. */
  readonly keepsOrder: boolean;
}

type SideName = 'sync' | 'loop';
type Run = (org: RunningOrg, feed: FeedFile) => Promise<Pick<LoopResult, 'peakMegabytes' | 'seconds'>>;

interface Side extends ReturnType<typeof leftWrong> {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly calls: number;
}

export function besideJsforce(beside: BesideJsforce): Measure {
  const { program, keepsOrder } = beside;
  const sides: Readonly<Record<SideName, Run>> = {
    sync: beside.sync,
    loop: ({ url, accessToken }, { path }) => {
      const task: LoopTask = { url, accessToken, file: path };
      return message<LoopResult>(start(program, [JSON.stringify(task)]));
    },
  };
  return {
    lines: linesOf(beside),
    async round({ feeds, scale }, number) {
      const feed = await feeds.make('skewed', rows / scale);
      const wanted = await wantedJournals(feed.path, harbourMapping);
      const names = number % 2 === 1 ? (['sync', 'loop'] as const) : (['loop', 'sync'] as const);
      const results = {} as Record<SideName, Side>;
      for (const name of names) results[name] = await inOrg({ feed, wanted, org: beside.org(number) }, sides[name]);
      const { sync, loop } = results;
      return {
        time: sync.seconds / loop.seconds,
        calls: sync.calls / loop.calls,
        memory: sync.peakMegabytes / loop.peakMegabytes,
        wrong: sync.missing + sync.doubled + sync.strange + (keepsOrder ? sync.outOfOrder : 0),
        ...{ syncSeconds: sync.seconds, syncCalls: sync.calls, syncMemory: sync.peakMegabytes },
        ...{ loopSeconds: loop.seconds, loopCalls: loop.calls, loopMemory: loop.peakMegabytes },
        ...{ loopMissing: loop.missing, loopDoubled: loop.doubled },
        ...(keepsOrder && { loopOutOfOrder: loop.outOfOrder }),
      };
    },
  };
}

function linesOf({ title, who, keepsOrder }: BesideJsforce): Record<string, MeasuredLine> {
  const compared = (what: string): MeasuredLine => {
    return { what: `${title}: ${what}`, unit: '×', digits: 2, better: 'less', must: 1 };
  };
  const ofLoop = (what: string): MeasuredLine => {
    return { what: `… ${who.loop}: ${what}`, unit: 'rows', digits: 0, better: 'less' };
  };
  return {
    ...{ time: compared('time'), calls: compared('calls'), memory: compared('peak memory') },
    wrong: { what: `… what ${who.sync} left wrong`, unit: 'rows', digits: 0, better: 'less', must: 0 },
    ...shown('sync', who.sync),
    ...shown('loop', who.loop),
    ...{ loopMissing: ofLoop('missing'), loopDoubled: ofLoop('doubled') },
    ...(keepsOrder && { loopOutOfOrder: ofLoop('out of order') }),
  };
}

interface Given {
  readonly feed: FeedFile;
  readonly wanted: readonly SeenJournal[];
  readonly org: ReturnType<BesideJsforce['org']>;
}

async function inOrg({ feed, wanted, org: options }: Given, run: Run): Promise<Side> {
  const members = new Set(wanted.map(({ member }) => member));
  return withOrg({ ...options, members }, async (org) => {
    const { seconds, peakMegabytes } = await run(org, feed);
    const { all } = await org.requests();
    return { seconds, peakMegabytes, calls: all, ...leftWrong(wanted, await org.journals()) };
  });
}

function shown(name: SideName, who: string): Record<string, MeasuredLine> {
  return {
    [`${name}Seconds`]: { what: `… ${who}`, unit: 's', digits: 1, better: 'less' },
    [`${name}Calls`]: { what: `… ${who}: all calls`, unit: '', digits: 0, better: 'less' },
    [`${name}Memory`]: { what: `… ${who}: peak memory`, unit: 'MB', digits: 0, better: 'less' },
  };
}
