import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LoyaltyApiError, LostAnswerError } from '../../../src/client/index.js';
import {
  FeedError,
  NotAnOutboxError,
  OutboxBusyError,
  OutboxDamagedError,
  StoppedError,
} from '../../../src/sync/index.js';
import type { StartOptions, SyncReport } from '../../../src/sync/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { purchase } from './arrayFeed.js';
import { ChangingFile } from './changingFile.js';
import type { FakeOrgOptions } from './fakeOrg.js';
import { Life } from './life.js';
import { Machines } from './machines.js';
import { MachinesTruth } from './machinesTruth.js';
import { Marks } from './marks.js';
import { oneOf, trouble } from './trouble.js';

/** What the org guarantees, and whether that is true. */
export type Level = 0 | 1 | 2 | 'field not honored';

const minutes = 60_000;
const window = 12 * minutes;
/** The life of a heartbeat and a window, and a little more. */
const settled = window + 3 * minutes;

const orgs: Readonly<Record<Level, Partial<FakeOrgOptions>>> = {
  0: {},
  1: { hasMarkers: true },
  2: { uniqueField: 'honored' },
  'field not honored': { uniqueField: 'ignored' },
};

/**
 * A history in which the outbox can be outdated: processes die, backups are restored, disks are lost, rivals start with
 * their own outboxes, clocks jump, the org loses answers, and the feed is a file that is cut off, replaced or
 * truncated. No key is doubled beyond what the level allows, every doubled key is named, a complete run has everything
 * that its file had, and nothing is missing behind exit code 0.
 */
export async function simulateMachines(seed: number, level: Level, marks = new Marks()): Promise<void> {
  const random = seededRandom(seed * 104_729 + Object.keys(orgs).indexOf(String(level)));
  const members = Array.from({ length: random.integer(2, 8) }, (_, index) => `M${index}`);
  const rows = Array.from({ length: random.integer(20, 80) }, (_, index) =>
    purchase(String(index + 1), oneOf(random, members), oneOf(random, ['coffee', 'tea', 'cake'])),
  );
  await using machines = await Machines.with(rows, orgs[level]);
  await new History(machines, { rows, level, random, marks }).tell();
}

/**
 * What a process reports at its end: a report, or that another process has its outbox. Undefined if it died or failed
 * with a known error.
 */
type Heard = SyncReport | 'busy' | undefined;

interface HistoryOptions {
  /** Purchases, in the order in which they happen. */
  readonly rows: readonly Transaction[];
  readonly level: Level;
  readonly random: Random;
  readonly marks: Marks;
}

class History {
  readonly #machines: Machines;
  readonly #level: Level;
  readonly #random: Random;
  readonly #marks: Marks;
  readonly #options: Partial<StartOptions>;
  readonly #file: ChangingFile;
  readonly #truth: MachinesTruth;
  readonly #backups: string[] = [];
  /** Machines whose run cannot continue, because its feed has changed. */
  readonly #mustBeginAnew = new Set<string>();
  /**
   * When a process last died or ended with requests in progress. None did so within a window of another outbox, unless
   * …
   */
  #diedAt = -Infinity;
  #hasSleptBeforeBytes = false;
  /** From then on a marker proves no more than queries do. */
  #hasLostMarkers = false;
  /** The assumption of level 0 is broken in this history. */
  #isAssumptionBroken = false;

  constructor(machines: Machines, { rows, level, random, marks }: HistoryOptions) {
    this.#machines = machines;
    this.#truth = new MachinesTruth(machines);
    this.#level = level;
    this.#random = random;
    this.#marks = marks;
    this.#file = new ChangingFile(machines.file('till.csv'), rows, random);
    this.#file.grow(random.integer(1, 30));
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
    this.#file.grow(this.#random.integer(0, 15));
    org.fate = (execution) => org.honest(execution);
    org.queryFate = () => undefined;
    await this.#machines.clock.sleep(settled);
    const last = await this.#untilSettled();
    const mayDouble =
      this.#level !== 2 && (this.#hasSleptBeforeBytes || (this.#isByQueries && this.#isAssumptionBroken));
    this.#truth.expectTheEnd(last, this.#file.rows, { mayDouble });
  }

  async #event(): Promise<void> {
    const { clock } = this.#machines;
    const events: readonly (() => Promise<void> | void)[] = [
      () => this.#run('a').then(),
      () => this.#run('a').then(),
      () => this.#run('a').then(),
      () => this.#file.grow(this.#random.integer(1, 15)),
      () => this.#file.grow(this.#random.integer(1, 15)),
      () => this.#changeFile(),
      () => this.#changeFile(),
      () => this.#changeFile(),
      () => this.#changeFile(),
      () => this.#backUp(),
      () => this.#backUp(),
      () => this.#putBack(),
      () => this.#putBack(),
      () => this.#loseDisk(),
      () => this.#crashOntoEmptyDisk(),
      () => this.#rivals(),
      () => this.#workers(),
      () => this.#supervisors(),
      () => this.#losePower(),
      () => this.#tearLog(),
      () => this.#flipBits(),
      () => this.#deleteMarkers(),
      () => this.#setClock(),
      () => clock.sleep(this.#random.integer(0, 40) * minutes),
    ];
    await oneOf(this.#random, events)();
  }

  /** Changes the file of a run that was cut off while it read or sent. */
  async #changeFile(): Promise<void> {
    if (this.#random.next() < 0.4) this.#file.tear();
    if (this.#random.next() < 0.8) await this.#cutOff();
    const change = oneOf(this.#random, ['tear', 'replace', 'truncate', 'putIn', 'grow'] as const);
    this.#file[change](this.#random.integer(1, 15));
    this.#truth.happened(change);
    if (this.#random.next() < 0.7) await this.#run('a');
  }

  /** Ends a run before all of its feed is read or delivered. */
  async #cutOff(): Promise<void> {
    if (this.#random.next() < 0.5) this.#mustBeginAnew.add('a');
    const limit = this.#random.next() < 0.5 ? this.#random.integer(1, 12) : undefined;
    const reads = oneOf(this.#random, [0, 1 / 10, 1 / 2]);
    const dies = (moment: string): boolean => this.#random.next() < (moment === 'after accept' ? reads : 1 / 60);
    if ((await this.#process('a', { limit }, new Life(dies))) === undefined) this.#hasDied();
  }

  /** Runs one process, which can die at any moment. */
  async #run(machine: string, extra: Partial<StartOptions> = {}): Promise<Heard> {
    const dies = oneOf(this.#random, [0, 1 / 200, 1 / 40]);
    const life = this.#random.next() < 0.15 ? this.#sleeper() : new Life(() => this.#random.next() < dies);
    const limit = this.#random.next() < 0.3 ? this.#random.integer(1, 20) : undefined;
    const heard = await this.#process(machine, { limit, ...extra }, life);
    const isClean =
      heard === 'busy' || (heard !== undefined && heard.counts.items.unknown + heard.counts.items.sent === 0);
    if (!isClean) this.#hasDied();
    return heard;
  }

  #hasDied(): void {
    this.#diedAt = this.#machines.clock.monotonic();
  }

  /**
   * A process that is suspended once for a long time. Only between its last check and its request nothing can hold it
   * back: whatever has happened meanwhile, it checks again before the next request.
   */
  #sleeper(): Life {
    const { clock } = this.#machines;
    let left = this.#random.integer(1, 40);
    const ms = this.#random.integer(0, 60) * minutes;
    const slept = (moment: string): void => {
      if (moment === 'before a call') this.#hasSleptBeforeBytes = true;
      this.#marks.met(`sleep: ${moment === 'before a call' ? 'after' : 'before'} the look`);
    };
    return new (class extends Life {
      override async moment(name: string): Promise<void> {
        if (--left === 0) {
          slept(name);
          await clock.sleep(ms);
        }
        await super.moment(name);
      }
    })();
  }

  async #process(machine: string, extra: Partial<StartOptions> = {}, life = new Life()): Promise<Heard> {
    const rows = [...this.#file.rows];
    const stored = (keys: readonly string[]): void => {
      if (machine === 'a') this.#truth.stored(keys);
    };
    const feeds = [this.#file.open(stored)];
    const options = { ...this.#options, feeds, ...extra };
    try {
      const report = await (this.#mustBeginAnew.has(machine)
        ? this.#machines.start(machine, options, life)
        : this.#machines.run(machine, options, life));
      this.#mustBeginAnew.delete(machine);
      if (report === 'died') return undefined;
      this.#truth.heard(report, rows);
      this.#mark(report);
      return report;
    } catch (error) {
      return this.#named(machine, error);
    }
  }

  #mark({ notes, stopped, records }: SyncReport): void {
    for (const { code } of notes) this.#marks.met(`note: ${code}`);
    for (const { status } of records) this.#marks.met(`record: ${status}`);
    if (stopped) this.#marks.met(`stopped: ${stopped.code}`);
  }

  /** Handles errors with which a process may fail without losing anything. */
  #named(machine: string, error: unknown): 'busy' | undefined {
    // The org could not be asked.
    if (error instanceof LoyaltyApiError || error instanceof LostAnswerError) return undefined;
    if (error instanceof OutboxBusyError) return 'busy';
    if (error instanceof StoppedError) {
      this.#marks.met(`refused: ${error.reason.code}`);
      return undefined;
    }
    if (error instanceof FeedError && error.code === 'position-refused' && !this.#file.hasOnlyGrown) {
      this.#marks.met(`feed: ${this.#whyRefused(error)}`);
      this.#truth.happened(`${machine}: ${error.message}`);
      this.#mustBeginAnew.add(machine);
      return undefined;
    }
    if (!isDamage(error)) throw error;
    this.#marks.met('outbox: damaged');
    this.#loseDisk(machine);
    return undefined;
  }

  #whyRefused({ message }: FeedError): string {
    return /truncated|replaced|begins the same|not complete/.exec(message)?.[0] ?? message;
  }

  async #backUp(): Promise<void> {
    try {
      if (this.#machines.has('a')) this.#backups.push(this.#machines.backUp('a'));
    } catch (error) {
      // A copy of a file that is not a database, or that lacks a table.
      if (!(error instanceof Error && 'errcode' in error)) throw error;
      this.#loseDisk();
    }
  }

  #putBack(): void {
    const [backup] = this.#backups.toSorted(() => this.#random.next() - 0.5);
    if (backup === undefined) return;
    this.#outboxIsNotTheNewest();
    this.#machines.putBack(backup, 'a');
  }

  /**
   * Loses the disk. If the org has any journal of the source, an empty outbox waits for requests that may still be in
   * progress, unless it trusts the org to refuse a copy.
   */
  #loseDisk(machine = 'a'): void {
    const waits = this.#level !== 'field not honored' && this.#machines.org.tables.journals.length > 0;
    if (machine !== 'a') this.#isAssumptionBroken = true;
    else if (waits) this.#truth.lostOutbox();
    else this.#outboxIsNotTheNewest();
    this.#machines.loseDisk(machine);
  }

  /** Crashes and restarts with an empty disk, as a CI runner does whose job is started again. */
  async #crashOntoEmptyDisk(): Promise<void> {
    await this.#cutOff();
    this.#loseDisk();
    await this.#run('a');
  }

  /** Runs two processes at the same time, on their own outboxes. */
  async #rivals(): Promise<void> {
    this.#isAssumptionBroken = true;
    const takeOver = this.#level === 1 && this.#random.next() < 0.3;
    await Promise.all([this.#run('a'), this.#run('b', { takeOver })]);
  }

  /** Runs three processes at the same time on one outbox. One of them continues. */
  async #workers(): Promise<void> {
    const heard = await Promise.all(['a', 'a', 'a'].map((machine) => this.#process(machine)));
    const goOn = heard.filter((each) => each !== 'busy');
    if (!this.#machines.has('a')) return;
    expect(goOn, 'workers of one outbox that go on').to.have.lengthOf(1);
    this.#marks.met('workers: two of three are refused');
    if (goOn[0] === undefined) this.#hasDied();
  }

  /** Runs two services that are restarted again and again, each with its own outbox. */
  async #supervisors(): Promise<void> {
    this.#isAssumptionBroken = true;
    const restarts = this.#random.integer(2, 5);
    const supervise = async (machine: string): Promise<void> => {
      for (let count = 0; count < restarts; count++) await this.#run(machine);
    };
    await Promise.all([supervise('a'), supervise('b')]);
  }

  /** Loses power. The log beside the outbox is complete. */
  #losePower(): void {
    if (this.#machines.losePower('a')) this.#outboxIsNotTheNewest();
  }

  /** Loses or changes the latest writes, which makes an older outbox. */
  #tearLog(): void {
    if (!this.#machines.losePower('a')) return;
    this.#outboxIsNotTheNewest();
    const isTorn = this.#random.next() < 0.5;
    this.#machines.damage(
      'a',
      (bytes) => (isTorn ? bytes.subarray(0, this.#random.integer(0, bytes.length)) : this.#flipped(bytes)),
      '-wal',
    );
  }

  /** Flips bits. A refused outbox is moved away. */
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

  /** Changes the clock by hours, possibly while a process sends. */
  async #setClock(): Promise<void> {
    const { clock } = this.#machines;
    const jump = (): void => clock.shift(this.#random.integer(-5, 5) * 60 * minutes);
    jump();
    clock.after(this.#random.integer(0, 2 * minutes), jump);
    if (this.#random.next() < 0.5) await this.#run('a');
  }

  /** Deletes markers, as an admin might, possibly while a process sends. */
  async #deleteMarkers(): Promise<void> {
    const work = (): void => {
      const deleted = this.#machines.org.markers?.records.splice(0) ?? [];
      if (deleted.length > 0) this.#hasLostMarkers = true;
    };
    if (this.#random.next() < 0.5) {
      work();
      return;
    }
    this.#machines.clock.after(this.#random.integer(0, minutes), work);
    await this.#run('a');
  }

  /** Notes that a process of a lost outbox may still have requests in progress. */
  #outboxIsNotTheNewest(): void {
    this.#truth.lostOutbox();
    if (this.#machines.clock.monotonic() - this.#diedAt < window) this.#isAssumptionBroken = true;
  }

  /** Repeats the command, as a supervisor would, until a run is complete or needs a person. */
  async #untilSettled(): Promise<SyncReport> {
    await this.#untilComplete();
    // Reads the whole feed again, so that doubled and missing keys show.
    this.#mustBeginAnew.add('a');
    const last = await this.#untilComplete();
    if (!last) throw new Error(`It never came to its end: ${this.#truth.story}`);
    return last;
  }

  async #untilComplete(): Promise<SyncReport | undefined> {
    let last: SyncReport | undefined;
    for (let tries = 0; tries < 8 && last?.ending !== 'complete'; tries++) {
      const heard = await this.#process('a');
      last = heard === 'busy' ? undefined : heard;
    }
    return last;
  }

  /** True if nothing in the org refuses or stops a process. */
  get #isByQueries(): boolean {
    return this.#level === 0 || this.#level === 'field not honored' || this.#hasLostMarkers;
  }
}

/** Tells whether the error reports damage to the outbox, found by us or by SQLite. An operator moves the file away. */
function isDamage(error: unknown): boolean {
  return error instanceof OutboxDamagedError || error instanceof NotAnOutboxError || isCorrupt(error);
}

/** `SQLITE_CORRUPT` and `SQLITE_NOTADB`. */
function isCorrupt(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) & 0xff);
}
