import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LostAnswerError, LoyaltyApiError } from '../../../src/client/index.js';
import type { LoyaltyClient } from '../../../src/client/index.js';
import { FeedError, openFeed } from '../../../src/feed/index.js';
import { ServiceClosedError, ServiceStoppedError, SyncService } from '../../../src/sync/index.js';
import type { CrossedThreshold, Outbox, SyncReport, Transaction } from '../../../src/sync/index.js';
import { arrayFeed, purchase } from './arrayFeed.js';
import { mapping } from './changingFile.js';
import { expectToAddUp } from './counts.js';
import { clientOf } from './fakeClient.js';
import { Life } from './life.js';
import { LiveRecord } from './liveRecord.js';
import { Marks } from './marks.js';
import { MortalWatch } from './mortalWatch.js';
import { RotatedFile } from './rotatedFile.js';
import { SimplePromotion, thresholds } from './simplePromotion.js';
import { oneOf, trouble } from './trouble.js';
import { World } from './world.js';

const minutes = 60_000;
const window = 12 * minutes;
const lastLives = 5;
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
  'handler: failed',
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
 * read beside that, a watched file grows, is replaced and truncated, and processes are killed at any moment. Everything
 * is in the org once, in the order of each till and of the file, and each crossed threshold is heard.
 */
export async function simulateLive(seed: number, marks = new Marks(), plant: LivePlant = {}): Promise<void> {
  const folder = mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'loyalty-live-'));
  try {
    await new LiveHistory(seed, folder, { marks, plant }).tell();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A till, which pushes one transaction after the other and goes on when it has an answer. */
interface Till {
  readonly all: readonly Transaction[];
  answered: number;
}

/** One process. */
interface Process {
  readonly number: number;
  readonly life: Life;
  readonly watch: MortalWatch;
  readonly isLast: boolean;
  isOver: boolean;
  feedsInProgress: number;
}

class LiveHistory {
  readonly #random: Random;
  readonly #marks: Marks;
  readonly #plant: LivePlant;
  readonly #members: readonly string[];
  readonly #tills: readonly Till[];
  readonly #filed: readonly Transaction[];
  readonly #fed: readonly Transaction[];
  readonly #file: RotatedFile;
  readonly #world: World;
  readonly #promotion: SimplePromotion;
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
    this.#tills = Array.from({ length: random.integer(2, 4) }, (_, index) => ({
      all: some(`push${index}`, random.integer(4, 14)),
      answered: 0,
    }));
    this.#filed = some('file', random.integer(5, 20));
    this.#fed = some('feed', random.integer(5, 25));
    this.#file = new RotatedFile(join(folder, 'watched.csv'), this.#filed);
    this.#world = new World([], { members: this.#members });
    this.#promotion = new SimplePromotion(this.#world.org);
    this.#record = new LiveRecord(marks);
    this.#often = oneOf(random, [0, 0.1, 0.25]);
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
    for (let left = lastLives; left > 0; left--) report = await this.#live({ isLast: true });
    expect(report?.ending).to.equal('complete');
    this.#expectTheLaws();
  }

  /** Tells one process. Returns its report; undefined if it was killed or failed. */
  async #live({ isLast }: { isLast: boolean }): Promise<SyncReport | undefined> {
    const isKilled = !isLast && this.#random.next() < 0.75;
    const life = new Life((moment) => isKilled && this.#random.next() < deadliness(moment));
    const watch = new MortalWatch(this.#file.path, this.#world.clock);
    const process: Process = { number: ++this.#lives, life, watch, isLast, isOver: false, feedsInProgress: 0 };
    const end = await Promise.race([
      this.#run(process).catch((error: unknown) => unlessOfOrg(error, isLast)),
      life.death,
    ]);
    process.isOver = true;
    if (end !== 'died') return end;
    this.#record.killed.add(process.number);
    await watch.die();
    await this.#world.clock.sleep(this.#random.integer(0, 3) * 1000);
    return undefined;
  }

  async #run(process: Process): Promise<SyncReport> {
    const { life, watch } = process;
    const service = await this.#open(process);
    const rows = this.#feedRows(service, process);
    const watching = this.#watch(service, process);
    const writing = this.#write(process);
    const pushing = this.#tills.map((till) => this.#push(till, service, process));
    if (process.isLast) await Promise.all([rows, writing, ...pushing]);
    else await Promise.race([life.clock(this.#world.clock).sleep(this.#random.integer(3, 40) * 1000), watching]);
    process.isOver = true;
    this.#file.complete();
    watch.end();
    await watching;
    const report = await service.drain();
    await Promise.all([rows, writing, ...pushing]);
    expectToAddUp(report.counts);
    return report;
  }

  #open({ life, number, isLast }: Process): Promise<SyncService> {
    const plant = this.#plant.outbox ?? ((outbox: Outbox) => outbox);
    this.#world.seenBySync = (outbox) => plant(this.#record.seen(outbox), life);
    const { feeds: _none, ...options } = this.#world.options({}, life);
    return SyncService.open({
      ...options,
      client: this.#client(life, isLast),
      settle: window,
      batchSize: 3,
      concurrency: 2,
      memberProgress: {
        thresholds,
        onThreshold: (crossed) => this.#hear(crossed, { life, number, isLast }),
      },
    });
  }

  async #hear(crossed: CrossedThreshold, process: Pick<Process, 'life' | 'number' | 'isLast'>): Promise<void> {
    await process.life.moment('before handler');
    if (!process.isLast && this.#random.next() < 0.3) {
      this.#marks.met('handler: failed');
      throw new Error('The handler failed.');
    }
    this.#record.heard(crossed, process.number);
    await process.life.moment('after handler');
  }

  /** Returns a client whose readings of progress come from the promotion, and fail now and then. */
  #client(life: Life, isLast: boolean): LoyaltyClient {
    const { clock } = this.#world;
    const ofMembers = async (_program: string, members: Iterable<string>) => {
      await life.moment('before a reading');
      const rows = this.#promotion.read(members);
      await life.receive(clock.sleep(this.#random.integer(20, 400)));
      if (isLast || this.#random.next() >= this.#often) return rows;
      this.#marks.met('reading: failed');
      throw new LostAnswerError('reset', 'Lost: reset.', true);
    };
    return Object.assign(clientOf(this.#world.org, life), { progress: { ofMembers } });
  }

  async #push(till: Till, service: SyncService, process: Process): Promise<void> {
    const { clock } = this.#world;
    for (let next = till.all[till.answered]; next && !process.isOver; next = till.all[till.answered]) {
      await process.life.receive(clock.sleep(this.#random.integer(20, 2500)));
      if (hasEnded(process)) return;
      const wasDurable = this.#record.durable.has(next.key);
      const { key } = next;
      void process.life.death.then(() => {
        if (!wasDurable && this.#record.durable.has(key) && till.all[till.answered]?.key === key)
          this.#marks.met('kill: between durable and answered');
      });
      if (process.feedsInProgress > 0) this.#marks.met('push: while a feed is read');
      try {
        const { is } = await process.life.receive(service.push(next));
        this.#marks.met(is === 'accepted' ? 'push: accepted' : 'push: repeated after its commit');
        expect(is === 'accepted', `${key} is ${is}`).to.equal(!wasDurable);
        expect(is).to.not.be.oneOf(['conflict', 'superseded', 'refusedBefore']);
        till.answered++;
      } catch (error) {
        if (error instanceof ServiceClosedError || error instanceof ServiceStoppedError) return;
        throw error;
      }
    }
  }

  /** A feed in memory, read again by each process. */
  async #feedRows(service: SyncService, process: Process): Promise<void> {
    process.feedsInProgress++;
    await service.feed(arrayFeed(this.#fed, { stretch: this.#random.integer(1, 4) })).catch(unlessClosed);
    process.feedsInProgress--;
  }

  /** Reads the files that were moved away, in their order, and then watches. */
  async #watch(service: SyncService, { watch, life }: Process): Promise<void> {
    try {
      for (const path of [...this.#file.archives])
        await life.receive(service.feed(watch.mortal(await openFeed(path, mapping))));
      await watch.readInto(service);
    } catch (error) {
      // A truncated file is read again by the next process.
      if (!(error instanceof FeedError)) unlessClosed(error);
    }
  }

  async #write(process: Process): Promise<void> {
    const { clock } = this.#world;
    while (!process.isOver && !this.#file.isWritten) {
      await process.life.receive(clock.sleep(this.#random.integer(20, 2000)));
      if (hasEnded(process)) return;
      if (this.#file.grow(this.#random.next() < 0.4 ? 1 : this.#random.next())) this.#marks.met('watch: half a line');
      if (!process.isLast && process.watch.hasRead && this.#random.next() < 0.15) this.#rotate(process.watch);
    }
  }

  #rotate(watch: MortalWatch): void {
    watch.expectAnother();
    const how = oneOf(this.#random, ['replace', 'truncate'] as const);
    this.#file[how]();
    this.#marks.met(how === 'replace' ? 'watch: replaced' : 'watch: truncated');
  }

  #expectTheLaws(): void {
    const world = this.#world;
    const sources = [...this.#tills.map(({ all }) => all), this.#filed, this.#fed];
    for (const { all, answered } of this.#tills) expect(answered, 'answered pushes').to.equal(all.length);
    const all = sources.flat().map(({ key }) => world.numberOf(key));
    expect(world.effects(), 'effects').to.deep.equal(Object.fromEntries(all.map((number) => [number, 1])));
    for (const member of this.#members) {
      const order = world.order(member);
      for (const source of sources) {
        const own = source.filter((each) => each.member === member).map(({ key }) => world.numberOf(key));
        const isOwn = new Set(own);
        expect(
          order.filter((number) => isOwn.has(number)),
          `order of ${member}`,
        ).to.deep.equal(own);
      }
    }
    const isCalm = this.#often === 0;
    this.#record.expectThresholds(this.#promotion, this.#members, { isCalm });
  }
}

/** How likely a process dies at a moment. */
function deadliness(moment: string): number {
  if (moment === 'after accept') return 1 / 25;
  if (moment === 'after handler' || moment === 'before told') return 1 / 8;
  return 1 / 600;
}

/** @throws {unknown} what does not come from the end of a service */
function unlessClosed(error: unknown): void {
  if (error instanceof ServiceClosedError || error instanceof ServiceStoppedError) return;
  throw error;
}

/** A process ends if the org cannot be reached when it begins. @throws {unknown} anything else */
function unlessOfOrg(error: unknown, isLast: boolean): undefined {
  if (!isLast && (error instanceof LoyaltyApiError || error instanceof LostAnswerError)) return undefined;
  throw error;
}

/** It may end during any wait. */
function hasEnded({ isOver }: Process): boolean {
  return isOver;
}
