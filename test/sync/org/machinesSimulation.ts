import { expect } from 'chai';
import { seededRandom, type Random } from '../../../src/base/random.js';
import { LoyaltyApiError, LostAnswerError } from '../../../src/client/index.js';
import {
  exitCode,
  NotAnOutboxError,
  OutboxDamagedError,
  StoppedError,
  type StartOptions,
  type SyncReport,
} from '../../../src/sync/index.js';
import { arrayFeed, purchases } from './arrayFeed.js';
import type { FakeOrgOptions } from './fakeOrg.js';
import { Life } from './life.js';
import { Machines } from './machines.js';
import { oneOf, trouble } from './trouble.js';

/** What the org guarantees, and whether that is true. */
export type Level = 0 | 1 | 2 | 'field not honored';

const minutes = 60_000;
const window = 12 * minutes;
/** The life of a heartbeat and a window, and a little. */
const settled = window + 3 * minutes;

const orgs: Readonly<Record<Level, Partial<FakeOrgOptions>>> = {
  0: {},
  1: { hasMarkers: true },
  2: { uniqueField: 'honored' },
  'field not honored': { uniqueField: 'ignored' },
};

/**
 * A history in which the outbox is not always the newest truth: processes die, backups are put back, disks are lost,
 * rivals start on outboxes of their own, clocks jump, and the org loses answers. At its end nothing is doubled beyond
 * what the level names, whatever is doubled is named, and nothing is missing behind a green exit.
 */
export async function simulateMachines(seed: number, level: Level): Promise<void> {
  const random = seededRandom(seed * 104_729 + Object.keys(orgs).indexOf(String(level)));
  const members = Array.from({ length: random.integer(2, 8) }, (_, index) => `M${index}`);
  await using machines = await Machines.with(purchases(random.integer(6, 50), members), orgs[level]);
  await new History(machines, level, random).tell();
}

class History {
  readonly #machines: Machines;
  readonly #level: Level;
  readonly #random: Random;
  readonly #options: Partial<StartOptions>;
  readonly #backups: string[] = [];
  /** Keys that some report names as needing a person. */
  readonly #named = new Set<string>();
  readonly #told: string[] = [];
  /** When a process last died or ended with something under way; none did so within a window of another outbox, unless … */
  #diedAt = -Infinity;
  #hasSlept = false;
  /** From then on a marker says no more than queries do. */
  #hasLostMarkers = false;
  /** So many rows the feed has by now. */
  #visible: number;
  /** What level 0 assumes does not hold in this history. */
  #isAssumptionBroken = false;

  constructor(machines: Machines, level: Level, random: Random) {
    this.#machines = machines;
    this.#level = level;
    this.#random = random;
    this.#visible = random.integer(1, machines.rows.length);
    this.#options = {
      settle: window,
      batchSize: random.integer(1, 4),
      concurrency: random.integer(1, 3),
      ...((level === 2 || level === 'field not honored') && { uniqueField: 'Unique__c' }),
    };
  }

  async tell(): Promise<void> {
    const { org } = this.#machines;
    trouble(org, this.#random, {
      often: oneOf(this.#random, [0, 0.1, 0.3]),
      window: window - minutes,
      faults: ['slow', 'door', 'loss', 'timeout', 'late', 'read'],
    });
    for (let events = this.#random.integer(4, 14); events > 0; events--) await this.#event();
    this.#visible = this.#machines.rows.length;
    org.fate = (execution) => org.honest(execution);
    org.queryFate = () => undefined;
    await this.#machines.clock.sleep(settled);
    const last = await this.#untilSettled();
    this.#expectTheEnd(last);
  }

  async #event(): Promise<void> {
    const { clock } = this.#machines;
    const events: readonly (() => Promise<void> | void)[] = [
      () => this.#run('a'),
      () => this.#run('a'),
      () => this.#run('a'),
      () => this.#nextDay(),
      () => this.#nextDay(),
      () => this.#backUp(),
      () => this.#backUp(),
      () => this.#putBack(),
      () => this.#putBack(),
      () => this.#loseDisk(),
      () => this.#rivals(),
      () => this.#supervisors(),
      () => this.#losePower(),
      () => this.#tearLog(),
      () => this.#flipBits(),
      () => this.#deleteMarkers(),
      () => clock.shift(this.#random.integer(-5, 5) * 60 * minutes),
      () => clock.sleep(this.#random.integer(0, 40) * minutes),
    ];
    await oneOf(this.#random, events)();
  }

  /** The feed has grown. */
  #nextDay(): void {
    this.#visible = Math.min(this.#machines.rows.length, this.#visible + this.#random.integer(1, 15));
  }

  get #feeds(): Pick<StartOptions, 'feeds'> {
    return { feeds: [arrayFeed(this.#machines.rows.slice(0, this.#visible))] };
  }

  /** One process, which may die at any moment. */
  async #run(machine: string, extra: Partial<StartOptions> = {}): Promise<SyncReport | undefined> {
    const dies = oneOf(this.#random, [0, 1 / 200, 1 / 40]);
    const life = this.#random.next() < 0.15 ? this.#sleeper() : new Life(() => this.#random.next() < dies);
    const limit = this.#random.next() < 0.3 ? this.#random.integer(1, 20) : undefined;
    const report = await this.#try(() =>
      this.#machines.run(machine, { ...this.#options, ...this.#feeds, limit, ...extra }, life),
    );
    const isClean = report !== undefined && report.counts.items.unknown + report.counts.items.sent === 0;
    if (!isClean) this.#diedAt = this.#machines.clock.monotonic();
    return report;
  }

  /** A process that is stopped once for a long time, perhaps between its last look and its bytes. */
  #sleeper(): Life {
    const { clock } = this.#machines;
    let left = this.#random.integer(1, 40);
    const ms = this.#random.integer(0, 60) * minutes;
    this.#hasSlept = true;
    return new (class extends Life {
      override async moment(name: string): Promise<void> {
        if (--left === 0) await clock.sleep(ms);
        await super.moment(name);
      }
    })();
  }

  async #try(work: () => Promise<SyncReport | 'died'>): Promise<SyncReport | undefined> {
    try {
      const report = await work();
      if (report === 'died') return undefined;
      for (const { key, status } of report.records) {
        if (key !== undefined && ['doubled', 'conflictInOrg', 'parked'].includes(status)) this.#named.add(key);
      }
      this.#told.push(
        `${report.ending} ${report.stopped?.code ?? ''} ${JSON.stringify(report.notes.map(({ code }) => code))}`,
      );
      return report;
    } catch (error) {
      // An org that cannot be asked, or a source that another process holds.
      if (error instanceof LoyaltyApiError || error instanceof LostAnswerError || error instanceof StoppedError)
        return undefined;
      if (isDamage(error)) {
        this.#loseDisk();
        return;
      }
      throw error;
    }
  }

  async #backUp(): Promise<void> {
    try {
      if (this.#machines.has('a')) this.#backups.push(this.#machines.backUp('a'));
    } catch (error) {
      // A copy of a file that is no database, or that lacks a table.
      if (!(error instanceof Error && 'errcode' in error)) throw error;
      this.#loseDisk();
    }
  }

  async #putBack(): Promise<void> {
    const [backup] = this.#backups.toSorted(() => this.#random.next() - 0.5);
    if (backup === undefined) return;
    this.#mayBreakAssumption();
    this.#machines.putBack(backup, 'a');
  }

  #loseDisk(): undefined {
    this.#mayBreakAssumption();
    this.#machines.loseDisk('a');
  }

  /** Two processes at once, on outboxes of their own. */
  async #rivals(): Promise<void> {
    this.#isAssumptionBroken = true;
    const takeOver = this.#level === 1 && this.#random.next() < 0.3;
    await Promise.all([this.#run('a'), this.#run('b', { takeOver })]);
  }

  /** Two services that are started again and again, each on an outbox of its own. */
  async #supervisors(): Promise<void> {
    this.#isAssumptionBroken = true;
    const restarts = this.#random.integer(2, 5);
    const supervise = async (machine: string): Promise<void> => {
      for (let count = 0; count < restarts; count++) await this.#run(machine);
    };
    await Promise.all([supervise('a'), supervise('b')]);
  }

  /** The log beside the outbox is whole. */
  #losePower(): void {
    if (this.#machines.losePower('a')) this.#mayBreakAssumption();
  }

  /** What was written last is gone, or is not what was written: an older outbox. */
  #tearLog(): void {
    if (!this.#machines.losePower('a')) return;
    this.#mayBreakAssumption();
    const isTorn = this.#random.next() < 0.5;
    this.#machines.damage(
      'a',
      (bytes) => (isTorn ? bytes.subarray(0, this.#random.integer(0, bytes.length)) : this.#flipped(bytes)),
      '-wal',
    );
  }

  /** An outbox that is refused is moved away. */
  #flipBits(): void {
    if (!this.#machines.has('a')) return;
    this.#machines.damage('a', (bytes) => this.#flipped(bytes));
  }

  #flipped(bytes: Buffer): Buffer {
    if (bytes.length === 0) return bytes;
    const at = this.#random.integer(0, bytes.length - 1);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << this.#random.integer(0, 7)), at);
    return bytes;
  }

  /** An admin cleans up. */
  #deleteMarkers(): void {
    const deleted = this.#machines.org.markers?.records.splice(0) ?? [];
    if (deleted.length > 0) this.#hasLostMarkers = true;
  }

  /** A process of an outbox that is gone may still have something under way. */
  #mayBreakAssumption(): void {
    if (this.#machines.clock.monotonic() - this.#diedAt < window) this.#isAssumptionBroken = true;
  }

  /** As a supervisor would: again and again, until a run is complete or only a person can go on. */
  async #untilSettled(): Promise<SyncReport> {
    let last: SyncReport | undefined;
    for (let tries = 0; tries < 8; tries++) {
      last = await this.#try(() => this.#machines.run('a', { ...this.#options, ...this.#feeds }));
      if (last?.ending === 'complete') break;
    }
    // The whole feed once more: what is doubled, or was never sent, has to show.
    last = await this.#try(() => this.#machines.start('a', { ...this.#options, ...this.#feeds }));
    for (let tries = 0; tries < 8 && last?.ending !== 'complete'; tries++) {
      last = await this.#try(() => this.#machines.run('a', { ...this.#options, ...this.#feeds }));
    }
    if (!last) throw new Error(`It never came to its end: ${this.#told.join('; ')}`);
    return last;
  }

  /** Nothing in the org refuses or stops anybody. */
  get #isByQueries(): boolean {
    return this.#level === 0 || this.#level === 'field not honored' || this.#hasLostMarkers;
  }

  #expectTheEnd(last: SyncReport): void {
    const { doubled, missing } = this.#machines;
    const told = this.#told.join('; ');
    const mayDouble = this.#level !== 2 && (this.#hasSlept || (this.#isByQueries && this.#isAssumptionBroken));
    if (!mayDouble) expect(doubled, `doubled; ${told}`).to.deep.equal([]);
    expect(
      doubled.filter((key) => !this.#named.has(key)),
      `doubled without a word; ${told}`,
    ).to.deep.equal([]);
    const isOpen = missing.filter((key) => !this.#named.has(key) && !last.records.some((record) => record.key === key));
    expect(isOpen, `missing without a word; ${told}`).to.deep.equal([]);
    if (exitCode(last) === 0) expect(missing, `missing behind a green exit; ${told}`).to.deep.equal([]);
  }
}

/** What the disk did to the outbox is told, by us or by SQLite. An operator moves the file away. */
function isDamage(error: unknown): boolean {
  return error instanceof OutboxDamagedError || error instanceof NotAnOutboxError || isCorrupt(error);
}

/** `SQLITE_CORRUPT` and `SQLITE_NOTADB`. */
function isCorrupt(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) & 0xff);
}
