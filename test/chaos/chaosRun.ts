import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/base/random.js';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import type { FaultPlanInput } from '../../src/emulator/index.js';
import { createProgram, harbourFeed, generateMembers, harbourRewards } from '../../src/program/index.js';
import * as sync from '../../src/sync/index.js';
import { committedIn } from './committedIn.js';
import { FastClock } from './fastClock.js';

const program = harbourRewards.name;
/** The run's clock is this many times as fast as a real one. */
const speed = 4;
const mostResumes = 30;

export interface ChaosOptions {
  readonly seed: number;
  readonly rows: number;
  readonly members: number;
  readonly plan: FaultPlanInput;
  /** The engine's settle window, in milliseconds of the run's clock. */
  readonly settle?: number;
}

/** What a run led to: what the engine reports, and what the org has. */
export interface ChaosResult {
  readonly report: sync.SyncReport;
  /** How often the run had to be resumed. */
  readonly resumes: number;
  /** Keys of accepted transactions in feed order, by member. */
  readonly accepted: readonly { readonly key: string; readonly member: string; readonly state: string }[];
  /** Journals in the order in which they became visible. */
  readonly committed: readonly { readonly key: string; readonly member: string }[];
  /** How often each kind of fault occurred. */
  readonly struck: Readonly<Record<string, number>>;
}

/** Mirrors a generated feed into a local org with faults, until the run is complete. */
export async function chaosRun({ seed, rows, members, plan, settle = 2000 }: ChaosOptions): Promise<ChaosResult> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const clock = new FastClock(speed);
  try {
    await using org = await Emulator.start({ clock, effects: true, settings: { allowNegativeBalance: true } });
    const credentials = { instanceUrl: org.url, clientId: 'chaos', clientSecret: 'none' };
    const setUp = await LoyaltyClient.connect(credentials);
    await createProgram(setUp, harbourRewards);
    await enrol(setUp, folder, { seed, members });
    await writeFile(join(folder, 'feed.csv'), [...harbourFeed({ seed, rows, members })].join(''));

    org.faults.replace(plan);
    const client = await LoyaltyClient.connect({ ...credentials, timeout: 500 });
    await using outbox = await sync.SqliteOutbox.open(join(folder, 'outbox.sqlite'), { clock });
    const { report, resumes } = await complete({ client, outbox, folder, clock, seed, settle });
    await org.faults.settled();
    const accepted = [
      ...outbox.runs.items(report.run, ['done', 'refused', 'ready', 'sent', 'unknown', 'held', 'parked']),
    ];
    return { report, resumes, accepted, committed: committedIn(org), struck: struckIn(org) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function enrol(client: LoyaltyClient, folder: string, of: { seed: number; members: number }): Promise<void> {
  const file = join(folder, 'members.csv');
  await writeFile(file, [...generateMembers(of)].join(''));
  const requests = sync.readMembers(file, {
    onRejection: ({ message }) => {
      throw new Error(message);
    },
  });
  for await (const { status } of sync.enrollMembers(client, program, requests)) {
    if (status !== 'enrolled') throw new Error(`A member is ${status}`);
  }
}

interface Engine {
  readonly client: LoyaltyClient;
  readonly outbox: sync.Outbox;
  readonly folder: string;
  readonly clock: FastClock;
  readonly seed: number;
  readonly settle: number;
}

/** Resumes a run that stops because of a limit or a session, as an operator would. */
async function complete({ client, outbox, folder, clock, seed, settle }: Engine) {
  const mapping = await sync.loadMapping(join(import.meta.dirname, '../../examples/harbour-feed.yml'));
  const { source } = mapping;
  const shared = { client, program, outbox, source, settle, clock, batchSize: 12, random: seededRandom(seed) };
  const feeds = async (): Promise<sync.Feed[]> => [await sync.openFeed(join(folder, 'feed.csv'), mapping)];
  let report = await again(async () => sync.startSync({ ...shared, feeds: await feeds() }));
  let resumes = 0;
  for (; report.ending !== 'complete' && resumes < mostResumes; resumes++) {
    const { run } = report;
    report = await again(async () => sync.resumeSync({ ...shared, run, feeds: await feeds() }));
  }
  return { report, resumes };
}

/** Repeats a run that fails because its first look at the org failed, before anything was read or sent. */
async function again(work: () => Promise<sync.SyncReport>): Promise<sync.SyncReport> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

function struckIn(org: Emulator): Record<string, number> {
  const struck: Record<string, number> = {};
  for (const { fault, struck: times } of org.faults.rules) struck[fault] = (struck[fault] ?? 0) + times;
  return struck;
}
