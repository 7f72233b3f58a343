import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { SyncService } from '../../../src/sync/index.js';
import type { Outbox, SyncReport, Transaction } from '../../../src/sync/index.js';
import { arrayFeed, purchase } from './arrayFeed.js';
import { expectToAddUp } from './counts.js';
import { Life } from './life.js';
import { LiveFiles } from './liveFiles.js';
import { expectAllOnce, expectInOrg } from './liveLaws.js';
import { deadliness, unlessClosed, unlessOfOrg } from './liveProcess.js';
import type { LiveProcess } from './liveProcess.js';
import { LiveRecord } from './liveRecord.js';
import { handlerTimeout, LiveThresholds } from './liveThresholds.js';
import { LiveTills } from './liveTills.js';
import { Marks } from './marks.js';
import { SimplePromotion, thresholds } from './simplePromotion.js';
import { oneOf, trouble } from './trouble.js';
import { World } from './world.js';

const minutes = 60_000;
const window = 12 * minutes;
const lastLives = 5;
/** Milliseconds after which the org counts a journal. */
const lags = [0, 0, 5000, 30_000] as const;
const memoryFolder = '/dev/shm';

/** The cases that many histories must include. */
export const liveMarks = [
  'push: while a feed is read',
  'push: accepted',
  'push: repeated after its commit',
  'kill: between durable and answered',
  'watch: half a line',
  'watch: replaced',
  'watch: truncated',
  'folder: begin',
  'folder: rewrite',
  'folder: read',
  'folder: read again',
  'end: by signal',
  'org: counts late',
  'handler: failed',
  'handler: slow',
  'handler: too slow',
  'threshold: heard',
  'threshold: heard twice',
  'reading: failed',
] as const;

/** Puts an engine with a fault in the place of the real one. */
export interface LivePlant {
  readonly outbox?: (outbox: Outbox, life: Life) => Outbox;
}

/**
 * A history of services that follow each other on one outbox: tills push and repeat what was not answered, feeds are
 * read beside that, a watched file grows, is replaced and truncated, files arrive in a watched folder and are written
 * again, and processes are killed or interrupted at any moment. Everything is in the org once, in the order of each till,
 * of the file and of the folder, and each crossed threshold is heard, also if the org counts late.
 */
export async function simulateLive(seed: number, marks = new Marks(), plant: LivePlant = {}): Promise<void> {
  const folder = mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'loyalty-live-'));
  try {
    await new LiveHistory(seed, folder, { marks, plant }).tell();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class LiveHistory {
  readonly #random: Random;
  readonly #marks: Marks;
  readonly #plant: LivePlant;
  readonly #members: readonly string[];
  readonly #tills: LiveTills;
  readonly #fed: readonly Transaction[];
  readonly #files: LiveFiles;
  readonly #sources: readonly (readonly Transaction[])[];
  readonly #world: World;
  readonly #promotion: SimplePromotion;
  readonly #thresholds: LiveThresholds;
  readonly #record: LiveRecord;
  readonly #often: number;
  #lives = 0;

  constructor(seed: number, folder: string, { marks, plant }: { marks: Marks; plant: LivePlant }) {
    const random = seededRandom(seed * 7919 + 13);
    this.#random = random;
    this.#marks = marks;
    this.#plant = plant;
    this.#members = Array.from({ length: random.integer(2, 6) }, (_, index) => `M${index}`);
    const some = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => purchase(`${name}-${index + 1}`, oneOf(random, this.#members)));
    const world = new World([], { members: this.#members });
    const record = new LiveRecord(marks);
    const { clock } = world;
    const pushed = Array.from({ length: random.integer(2, 3) }, (_, till) =>
      some(`push${till}`, random.integer(4, 12)),
    );
    this.#tills = new LiveTills(pushed, { random, marks, record, clock });
    const written = { file: some('file', random.integer(5, 15)), folder: some('folder', random.integer(3, 15)) };
    this.#files = new LiveFiles(folder, written, { random, marks, clock });
    this.#fed = some('feed', random.integer(5, 20));
    this.#sources = [...pushed, written.file, written.folder, this.#fed];
    this.#often = oneOf(random, [0, 0.1, 0.25]);
    const lag = oneOf(random, lags);
    if (lag > 0) marks.met('org: counts late');
    this.#promotion = new SimplePromotion(world.org, { clock, lag });
    this.#thresholds = new LiveThresholds({
      ...{ random, marks, record, world },
      promotion: this.#promotion,
      often: this.#often,
    });
    this.#world = world;
    this.#record = record;
  }

  async tell(): Promise<void> {
    await using world = this.#world;
    const faults = ['slow', 'door', 'loss', 'timeout', 'late', 'read'] as const;
    trouble(world.org, this.#random, { often: this.#often, window: window - minutes, faults });
    for (let lives = this.#random.integer(2, 4); lives > 0; lives--) await this.#live({ isLast: false });
    world.org.fate = (execution) => world.org.honest(execution);
    world.org.queryFate = () => undefined;
    await world.clock.sleep(window + minutes);
    let report: SyncReport | undefined;
    for (let left = lastLives; left > 0; left--) {
      report = await this.#live({ isLast: true });
      // What the org counts late is read by the next process.
      await world.clock.sleep(minutes);
    }
    expect(report?.ending).to.equal('complete');
    this.#tills.expectAllAnswered();
    expectAllOnce(world, { members: this.#members, sources: this.#sources });
    this.#record.expectThresholds(this.#promotion, this.#members, { isCalm: this.#often === 0 });
  }

  /** Tells one process. Returns its report; undefined if it was killed or failed. */
  async #live({ isLast }: { isLast: boolean }): Promise<SyncReport | undefined> {
    const isKilled = !isLast && this.#random.next() < 0.75;
    const life = new Life((moment) => isKilled && this.#random.next() < deadliness(moment));
    const process: LiveProcess = {
      ...{ number: ++this.#lives, life, isLast, isOver: false, feedsInProgress: 0 },
      ...this.#files.watches(),
      interruption: new AbortController(),
    };
    try {
      const end = await Promise.race([this.#run(process), life.death]);
      if (end !== 'died') return end;
      this.#record.killed.add(process.number);
    } catch (error) {
      process.interruption.abort();
      unlessOfOrg(error, isLast);
      return undefined;
    } finally {
      process.isOver = true;
      await Promise.all([process.file.die(), process.folder.die()]);
    }
    await this.#world.clock.sleep(this.#random.integer(0, 3) * 1000);
    return undefined;
  }

  async #run(process: LiveProcess): Promise<SyncReport> {
    const { life, isLast } = process;
    const service = await this.#open(process);
    const rows = this.#feedRows(service, process);
    const watching = this.#files.watch(service, process);
    const writing = this.#files.write(process);
    const pushing = this.#tills.push(service, process);
    if (isLast) await Promise.all([rows, writing, pushing]);
    else await Promise.race([life.clock(this.#world.clock).sleep(this.#random.integer(3, 40) * 1000), watching]);
    process.isOver = true;
    const isInterrupted = !isLast && this.#random.next() < 0.3;
    const report = await (isInterrupted ? this.#interrupt(service, process) : this.#end(service, process, watching));
    await Promise.all([watching, rows, writing, pushing]);
    expectToAddUp(report.counts);
    return report;
  }

  async #end(service: SyncService, { file, folder }: LiveProcess, watching: Promise<unknown>): Promise<SyncReport> {
    this.#files.complete();
    file.end();
    folder.end();
    await watching;
    const marked = [...this.#files.marked];
    const report = await service.drain();
    if (folder.hasLeft) this.#marks.met('folder: left unread');
    else if (report.ending === 'complete') expectInOrg(this.#world, marked);
    return report;
  }

  /** Ends in the middle of everything, as a signal does. */
  async #interrupt(service: SyncService, { interruption, file, folder }: LiveProcess): Promise<SyncReport> {
    interruption.abort();
    const report = await service.ended;
    // It may have stopped by itself just before.
    expect(report.ending).to.be.oneOf(['interrupted', 'stopped']);
    if (report.ending === 'interrupted') this.#marks.met('end: by signal');
    await Promise.all([file.die(), folder.die()]);
    return report;
  }

  #open(process: LiveProcess): Promise<SyncService> {
    const { life, interruption } = process;
    const plant = this.#plant.outbox ?? ((outbox: Outbox) => outbox);
    this.#world.seenBySync = (outbox) => plant(this.#record.seen(outbox), life);
    const { feeds: _none, ...options } = this.#world.options({}, life);
    return SyncService.open({
      ...options,
      client: this.#thresholds.client(process),
      settle: window,
      batchSize: 3,
      concurrency: 2,
      signal: interruption.signal,
      memberProgress: {
        thresholds,
        handlerTimeout,
        onThreshold: (crossed) => this.#thresholds.hear(crossed, process),
      },
    });
  }

  /** A feed in memory, read again by each process. */
  async #feedRows(service: SyncService, process: LiveProcess): Promise<void> {
    process.feedsInProgress++;
    await service.feed(arrayFeed(this.#fed, { stretch: this.#random.integer(1, 4) })).catch(unlessClosed);
    process.feedsInProgress--;
  }
}
