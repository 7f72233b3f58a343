import { message, say, start } from '../../processes.js';
import { harbourMapping } from '../feedFiles.js';
import type { FeedFile } from '../feedFiles.js';
import type { LoopResult, LoopTask } from '../jsforceLoop.js';
import { leftWrong } from '../leftWrong.js';
import type { SeenJournal } from '../leftWrong.js';
import type { Measure, MeasuredLine, RoundValues } from '../measure.js';
import { withOrg } from '../orgProcess.js';
import type { RunningOrg } from '../orgProcess.js';
import { wantedJournals } from '../wantedJournals.js';

const rows = 100_000;

/** A way to run the sync. */
interface OwnProgram {
  /** What it is called. */
  readonly who: string;
  readonly run: Run;
}

/** A program that the sync is compared with. */
interface OtherProgram {
  /** What it is called. */
  readonly who: string;
  /** Its file. Its argument is a {@link LoopTask}. */
  readonly program: string;
  /** The way to run the sync that is compared with it: a command with a command, a library with a library. */
  readonly beside: string;
  /** Returns why it cannot be measured here, if so. The others are measured without it. */
  readonly missing?: () => string | undefined;
}

/** A sync beside other programs: the same feed, into local orgs with the same faults. */
export interface BesidePrograms {
  readonly title: string;
  /** By the names that their values have. */
  readonly own: Readonly<Record<string, OwnProgram>>;
  readonly others: Readonly<Record<string, OtherProgram>>;
  readonly org: (seed: number) => Omit<Parameters<typeof withOrg>[0], 'members'>;
  /** Whether the journals of a member are in the org in the order of the feed. */
  readonly keepsOrder: boolean;
}

type Run = (org: RunningOrg, feed: FeedFile) => Promise<Pick<LoopResult, 'peakMegabytes' | 'seconds'>>;

interface Side extends ReturnType<typeof leftWrong> {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly calls: number;
}

export function besidePrograms(beside: BesidePrograms): Measure {
  return {
    lines: linesOf(beside),
    async round({ feeds, scale }, number) {
      const feed = await feeds.make('skewed', rows / scale);
      const wanted = await wantedJournals(feed.path, harbourMapping);
      const runs = runsOf(beside, number);
      // Each of them is the first one in some round.
      const first = (number - 1) % runs.length;
      const sides = new Map<string, Side>();
      for (const [name, run] of [...runs.slice(first), ...runs.slice(0, first)])
        sides.set(name, await inOrg({ feed, wanted, org: beside.org(number) }, run));
      return valuesOf(sides, beside);
    },
  };
}

/** Says which programs are left out. */
function runsOf({ own, others }: BesidePrograms, round: number): [string, Run][] {
  const programs = Object.entries(others).flatMap(([name, { who, program, missing }]): [string, Run][] => {
    const reason = missing?.();
    if (reason !== undefined && round === 1) say(`  ${who}: left out. ${reason}`);
    return reason === undefined ? [[name, processOf(program)]] : [];
  });
  return [...Object.entries(own).map(([name, { run }]): [string, Run] => [name, run]), ...programs];
}

function processOf(program: string): Run {
  return ({ url, accessToken }, { path }) => {
    const task: LoopTask = { url, accessToken, file: path };
    return message<LoopResult>(start(program, [JSON.stringify(task)]));
  };
}

function valuesOf(sides: ReadonlyMap<string, Side>, { others, keepsOrder }: BesidePrograms): RoundValues {
  const values: Record<string, number> = {};
  for (const [name, side] of sides) {
    const sync = sides.get(others[name]?.beside ?? '');
    if (sync) {
      values[`${name}TimeRatio`] = sync.seconds / side.seconds;
      values[`${name}CallsRatio`] = sync.calls / side.calls;
      values[`${name}MemoryRatio`] = sync.peakMegabytes / side.peakMegabytes;
    }
    values[`${name}Seconds`] = side.seconds;
    values[`${name}Calls`] = side.calls;
    values[`${name}Memory`] = side.peakMegabytes;
    values[`${name}Missing`] = side.missing;
    values[`${name}Doubled`] = side.doubled;
    values[`${name}Strange`] = side.strange;
    if (keepsOrder) values[`${name}OutOfOrder`] = side.outOfOrder;
  }
  return values;
}

function linesOf({ title, own, others, keepsOrder }: BesidePrograms): Record<string, MeasuredLine> {
  const programs = Object.entries(others).map(([name, other]) => ({
    ...ratioLines(name, `${title}, ${own[other.beside]?.who} beside ${other.who}`),
    ...valueLines({ name, who: other.who, keepsOrder }),
  }));
  const ours = Object.entries(own).map(([name, { who }]) => valueLines({ name, who, keepsOrder, must: 0 }));
  return Object.assign({}, ...ours, ...programs) as ReturnType<typeof linesOf>;
}

function ratioLines(name: string, title: string): Record<string, MeasuredLine> {
  const compared = (what: string): MeasuredLine => {
    return { what: `${title}: ${what}`, unit: '×', digits: 2, better: 'less', must: 1 };
  };
  return {
    [`${name}TimeRatio`]: compared('time'),
    [`${name}CallsRatio`]: compared('calls'),
    [`${name}MemoryRatio`]: compared('peak memory'),
  };
}

interface ValueLines {
  readonly name: string;
  readonly who: string;
  readonly keepsOrder: boolean;
  /** How many rows may be wrong. */
  readonly must?: number;
}

function valueLines({ name, who, keepsOrder, must }: ValueLines): Record<string, MeasuredLine> {
  const wrong = (what: string): MeasuredLine => {
    return { what: `… ${who}: ${what}`, unit: 'rows', digits: 0, better: 'less', ...(must !== undefined && { must }) };
  };
  return {
    [`${name}Seconds`]: { what: `… ${who}`, unit: 's', digits: 1, better: 'less' },
    [`${name}Calls`]: { what: `… ${who}: all calls`, unit: '', digits: 0, better: 'less' },
    [`${name}Memory`]: { what: `… ${who}: peak memory`, unit: 'MB', digits: 0, better: 'less' },
    [`${name}Missing`]: wrong('missing'),
    [`${name}Doubled`]: wrong('doubled'),
    [`${name}Strange`]: wrong('of no row, or of another member'),
    ...(keepsOrder && { [`${name}OutOfOrder`]: wrong('out of order') }),
  };
}

interface Given {
  readonly feed: FeedFile;
  readonly wanted: readonly SeenJournal[];
  readonly org: ReturnType<BesidePrograms['org']>;
}

async function inOrg({ feed, wanted, org: options }: Given, run: Run): Promise<Side> {
  const members = new Set(wanted.map(({ member }) => member));
  return withOrg({ ...options, members }, async (org) => {
    const { seconds, peakMegabytes } = await run(org, feed);
    const { all } = await org.requests();
    return { seconds, peakMegabytes, calls: all, ...leftWrong(wanted, await org.journals()) };
  });
}
