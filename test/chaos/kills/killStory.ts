import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { packageSource } from '../../../src/cli/packageSource.js';
import { LoyaltyClient } from '../../../src/client/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { createExample, harbourRewards } from '../../../src/program/index.js';
import { committedIn } from '../committedIn.js';
import { FastClock } from '../fastClock.js';
import type { Level, Purchase } from '../machines/story.js';
import { atEffect } from './atEffect.js';
import type { FeedJob } from './feedJob.js';
import { KillHistory } from './killHistory.js';
import { KilledProcess } from './killedProcess.js';
import type { FeedEnd } from './killedProcess.js';

/** A kind of feed, and what happens to its outbox. */
export interface KillKind {
  readonly level: Level;
  /** Half of all rows are those of one member. */
  readonly isSkewed: boolean;
  /** The outbox is lost now and then, so that everything that the org may have has to be looked up. */
  readonly losesOutbox: boolean;
  /** The feed has all its rows at the start. Otherwise it grows all the time. */
  readonly isWhole: boolean;
  /** The engine does not wait for requests that may be under way, and they take long. */
  readonly isCareless?: boolean;
}

export interface KillOptions {
  readonly seed: number;
  /** How often a process is killed before the last one may finish. */
  readonly kills: number;
  readonly kind: KillKind;
}

/** What a process was doing when it was killed. */
export type KilledWhile = 'starting' | 'reading' | 'reading and sending' | 'sending' | 'doing neither';

export interface KillResult {
  readonly killedWhile: Readonly<Record<KilledWhile, number>>;
  /** Processes that were through before they could be killed. */
  readonly survivors: number;
  readonly fed: readonly Purchase[];
  /** Journals in the org, in the order in which they were committed. */
  readonly committed: readonly Purchase[];
  /** How the last process ended. */
  readonly last: string;
  readonly history: readonly string[];
}

const members = 40;
/** Rows that each life adds to the feed. The queue of a skewed feed's busy member takes longer. */
const rowsPerLife = { even: 30, skewed: 20 } as const;
/** A tenth of all requests take longer, so that many are carried out after the next process has started. */
const lateness = [200, 400] as const;
/** How fast the story's clock is. With markers, another process waits until the heartbeat of a dead one is too old. */
const speeds: Readonly<Record<Level, number>> = { 0: 20, 1: 200, 2: 20 };
/** Real milliseconds of the settle window. */
const window = 600;
/** Real milliseconds that a request takes at least and at most. */
const latencies = { even: [5, 60], skewed: [0, 10], careless: [1500, 2500] } as const;
/**
 * Real milliseconds after which a client gives a request up. Much longer than any request takes, because this process,
 * which is also the org, may be held up: it promises that a request is carried out within a window after its client has
 * gone, and a request that it has not even read by then would break that.
 */
const patience = 10_000;
/** Real milliseconds for which a process may work. */
const lives = [20, 80, 300] as const;
/** The same where a process has to wait for a window before it may send. */
const longLives = [300, 1000, 2000] as const;

/** One feed whose process is killed again and again, and then finishes. */
export async function tellKillStory(options: KillOptions): Promise<KillResult> {
  await using story = await KillStory.begin(options);
  return await story.tell();
}

class KillStory implements AsyncDisposable {
  readonly #org: Emulator;
  readonly #folder: string;
  readonly #options: KillOptions;
  readonly #origin: number;
  readonly #random: Random;
  readonly #fed: Purchase[] = [];
  /** Processes that have started already and wait for a job. */
  readonly #spares = [new KilledProcess(), new KilledProcess()];
  readonly #killedWhile = { starting: 0, reading: 0, 'reading and sending': 0, sending: 0, 'doing neither': 0 };
  readonly #history: KillHistory;
  #survivors = 0;
  #mustWait = false;

  private constructor(org: Emulator, folder: string, origin: number, options: KillOptions) {
    this.#org = org;
    this.#folder = folder;
    this.#origin = origin;
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#history = new KillHistory({ origin, speed: speeds[options.kind.level] });
  }

  static async begin(options: KillOptions): Promise<KillStory> {
    const origin = Date.now();
    const { level, isSkewed, isCareless } = options.kind;
    const speed = speeds[level];
    const org = await Emulator.start({
      clock: new FastClock(speed, { origin }),
      effects: true,
      settings: { allowNegativeBalance: true },
      ...(level === 2 && { source: packageSource }),
    });
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'kills', clientSecret: 'none' });
    await createExample(client, { members, days: 0 });
    const latency = latencies[isCareless ? 'careless' : isSkewed ? 'skewed' : 'even'];
    const milliseconds = latency.map((each) => each * speed) as [number, number];
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    const late = lateness.map((each) => each * speed) as [number, number];
    org.faults.replace({
      seed: options.seed,
      rules: [
        { fault: 'latency', milliseconds, match },
        { fault: 'latency', milliseconds: late, rate: 0.1, match },
      ],
    });
    const story = new KillStory(org, await mkdtemp(join(tmpdir(), 'kills-')), origin, options);
    await writeFile(story.#path('mapping.yml'), mapping);
    if (options.kind.isWhole) await story.#growFeed(options.kills);
    return story;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const spare of this.#spares) spare.kill();
    await Promise.all(this.#spares.map(({ ended }) => ended));
    await this.#org.stop();
    await rm(this.#folder, { recursive: true });
  }

  async tell(): Promise<KillResult> {
    for (let kills = 0; kills < this.#options.kills;) if (await this.#oneLife()) kills++;
    const last = await this.#finish();
    await this.#org.faults.settled();
    const committed = committedIn(this.#org);
    const history = this.#history.with(this.#org);
    return { killedWhile: this.#killedWhile, survivors: this.#survivors, fed: this.#fed, committed, last, history };
  }

  /** Tells whether the process was killed. */
  async #oneLife(): Promise<boolean> {
    if (!this.#options.kind.isWhole) await this.#growFeed(1);
    const life = this.#next();
    const moment = this.#oneOf(['time', 'time', 'commit', 'journal'] as const);
    await this.#begin(life, moment === 'commit');
    using _kill =
      moment === 'journal' ? atEffect(this.#org, this.#random.integer(1, 200), () => life.kill()) : undefined;
    if (moment === 'time') {
      if (this.#random.next() < 0.8) await life.working;
      const waits = this.#mustWait || this.#options.kind.level === 1;
      const timer = setTimeout(() => life.kill(), this.#oneOf(waits ? longLives : lives) * this.#random.next());
      await life.ended;
      clearTimeout(timer);
    }
    // Whatever it is waiting for may never come.
    const timer = setTimeout(() => life.kill(), 2000);
    const end = await this.#endOf(life);
    clearTimeout(timer);
    if (end?.how === 'error') throw new Error(end.message);
    if (end) this.#survivors++;
    else this.#killedWhile[whileOf(life)]++;
    if (end?.how === 'complete') this.#mustWait = false;
    if (this.#options.kind.losesOutbox && this.#random.next() < 0.15) await this.#loseOutbox();
    return end === undefined;
  }

  /** An org that has nothing of a source takes an empty outbox for the first one, so it must have something. */
  async #loseOutbox(): Promise<void> {
    if (committedIn(this.#org).length === 0) return;
    for (const end of ['', '-wal', '-shm', '-lock']) await rm(this.#path(`outbox.sqlite${end}`), { force: true });
    this.#history.add('the outbox is lost');
    this.#mustWait = this.#options.kind.level === 0;
  }

  async #begin(life: KilledProcess, dies: boolean): Promise<void> {
    this.#history.add('a process begins');
    await life.begin(this.#job(dies));
  }

  async #endOf(life: KilledProcess): Promise<FeedEnd | undefined> {
    const end = await life.ended;
    this.#history.add(`it ends: ${end?.message ?? end?.how ?? 'killed'}`);
    return end;
  }

  /** Lets processes work until everything is done, as an operator would. */
  async #finish(): Promise<string> {
    if (this.#options.kind.isCareless) this.#org.faults.replace({ rules: [] });
    for (let attempt = 1; ; attempt++) {
      const life = this.#next();
      await this.#begin(life, false);
      const end = await this.#endOf(life);
      if (!end) return 'died by itself';
      if (end.how === 'error') return end.message ?? end.how;
      if ((end.how === 'complete' && !end.notes.includes('feed-grown')) || attempt === 10) return end.how;
    }
  }

  /** Returns the process that has been started already, and starts another one. */
  #next(): KilledProcess {
    const [life] = this.#spares.splice(0, 1);
    this.#spares.push(new KilledProcess());
    return life!;
  }

  #job(dies: boolean): FeedJob {
    const { level, isCareless } = this.#options.kind;
    const speed = speeds[level];
    const at = this.#random.next() < 0.5 ? this.#random.integer(1, 12) : this.#random.integer(1, 60);
    return {
      ...{ orgUrl: this.#org.url, program: harbourRewards.name, speed, origin: this.#origin },
      ...{ feed: this.#path('feed.csv'), mapping: this.#path('mapping.yml'), outbox: this.#path('outbox.sqlite') },
      uniqueField: level === 2 ? 'Loyalty_Sync_Key__c' : undefined,
      takeOver: level === 1,
      timeout: patience,
      settle: isCareless ? 1 : window * speed,
      batchSize: this.#random.integer(5, 15),
      stretch: this.#random.integer(5, 30),
      resumes: this.#random.next() < 0.6,
      dies: dies ? { at, when: this.#oneOf(['before', 'after']) } : undefined,
    };
  }

  async #growFeed(byLives: number): Promise<void> {
    const rows = byLives * rowsPerLife[this.#options.kind.isSkewed ? 'skewed' : 'even'];
    const isNew = !existsSync(this.#path('feed.csv'));
    const lines = Array.from({ length: rows }, () => {
      const isOften = this.#options.kind.isSkewed && this.#random.next() < 0.5;
      const purchase = {
        key: `kills:${this.#fed.length + 1}`,
        member: `HR-${100_001 + (isOften ? 0 : this.#random.integer(0, members - 1))}`,
      };
      this.#fed.push(purchase);
      return `${this.#fed.length},${purchase.member},2026-09-01,${this.#random.integer(1, 90)}.50\n`;
    });
    await writeFile(this.#path('feed.csv'), (isNew ? 'Id,Member,Date,Amount\n' : '') + lines.join(''), { flag: 'a' });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #oneOf<T>(values: readonly T[]): T {
    return values[this.#random.integer(0, values.length - 1)]!;
  }
}

function whileOf({ state }: KilledProcess): KilledWhile {
  if (!state) return 'starting';
  if (state.reads) return state.sends ? 'reading and sending' : 'reading';
  return state.sends ? 'sending' : 'doing neither';
}

const mapping = `
source: kills
key: Id
member: Member
journal:
  ActivityDate: { date: Date, format: yyyy-MM-dd, zone: Europe/London }
  JournalTypeName: { value: Accrual }
  JournalSubTypeName: { value: Purchase }
  TransactionAmount: { number: Amount }
`;
