import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/base/sqlite/sqlite.js';
import { seededRandom } from '../../../src/base/random.js';
import { resumeSync, retrySync, SqliteOutbox, startSync } from '../../../src/sync/index.js';
import type { RetryOptions, StartOptions, SyncReport } from '../../../src/sync/index.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { arrayFeed, source } from './arrayFeed.js';
import type { TestRow } from './arrayFeed.js';
import { clientOf } from './fakeClient.js';
import { FakeOrg } from './fakeOrg.js';
import type { FakeOrgOptions } from './fakeOrg.js';
import { Life } from './life.js';
import { programName } from './tables.js';

/** A folder in memory, where flushing to disk takes no time. */
const memoryFolder = '/dev/shm';

/**
 * One org, and machines with their own outboxes on disk, which can be lost, copied and restored. File operations are
 * synchronous, because virtual time would pass during a wait for a real disk.
 */
export class Machines implements AsyncDisposable {
  readonly clock = new VirtualClock();
  readonly org: FakeOrg;
  rows: readonly TestRow[];
  readonly #folder: string;
  #copies = 0;
  /** Copies of the outboxes of processes that died, by machine: the file and its log. */
  readonly #crashed = new Map<string, string>();

  private constructor(folder: string, rows: readonly TestRow[], options: Partial<FakeOrgOptions>) {
    this.#folder = folder;
    this.rows = rows;
    const members = rows.flatMap((row) => (typeof row === 'object' ? row.member : []));
    this.org = new FakeOrg({ members: [...new Set(members)], ...options, clock: this.clock });
  }

  static async with(rows: readonly TestRow[], options: Partial<FakeOrgOptions> = {}): Promise<Machines> {
    return new Machines(
      mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'loyalty-machines-')),
      rows,
      options,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs until the end or death of the process. A machine that has started a run continues it. */
  run(machine: string, options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport | 'died'> {
    return this.#live(machine, life, async (outbox) => {
      const all = this.#options(outbox, options, life);
      const latest = await outbox.runs.find();
      const isOpen = latest !== undefined && latest.ending !== 'complete';
      return isOpen ? resumeSync({ ...all, run: latest.id }) : startSync(all);
    });
  }

  /** Starts a new run, whatever happened to the last one. */
  start(machine: string, options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport | 'died'> {
    return this.#live(machine, life, (outbox) => startSync(this.#options(outbox, options, life)));
  }

  /** Takes up again what needs a person. */
  retry(machine: string, options: Partial<RetryOptions> = {}, life = new Life()): Promise<SyncReport | 'died'> {
    return this.#live(machine, life, (outbox) => retrySync({ ...this.#options(outbox, {}, life), ...options }));
  }

  path(machine: string): string {
    return this.file(`${machine}.sqlite`);
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Tells whether the machine has an outbox. */
  has(machine: string): boolean {
    return existsSync(this.path(machine));
  }

  /** Backs up a machine's outbox, even while it is in use. */
  backUp(machine: string): string {
    const copy = join(this.#folder, `copy-${++this.#copies}.sqlite`);
    const db = openDatabase(this.path(machine));
    db.exec(`VACUUM INTO '${copy}'`);
    db.close();
    return copy;
  }

  /** Restores a backup over an outbox that is not in use. */
  putBack(copy: string, machine: string): void {
    this.loseDisk(machine);
    copyFileSync(copy, this.path(machine));
  }

  loseDisk(machine: string): void {
    for (const end of ['', '-wal', '-shm', '-lock']) rmSync(`${this.path(machine)}${end}`, { force: true });
  }

  /** Damages an outbox that is not in use, or its log, as a disk could. */
  damage(machine: string, change: (bytes: Buffer) => Buffer, end: '' | '-wal' = ''): void {
    const path = `${this.path(machine)}${end}`;
    writeFileSync(path, change(readFileSync(path)));
  }

  /** Leaves a machine's outbox as after a power failure: with a log that is not yet part of the file. */
  losePower(machine: string): boolean {
    const copy = this.#crashed.get(machine);
    if (copy === undefined) return false;
    this.loseDisk(machine);
    for (const end of ['', '-wal']) copyFileSync(`${copy}${end}`, `${this.path(machine)}${end}`);
    return true;
  }

  /** Reads a machine's outbox. */
  async look<T>(machine: string, read: (outbox: SqliteOutbox) => Promise<T>): Promise<T> {
    await using outbox = await SqliteOutbox.openExisting(this.path(machine), { clock: this.clock });
    return await read(outbox);
  }

  /** Keys that had an effect more than once. */
  get doubled(): string[] {
    const seen = new Set<string>();
    return this.org.effects.flatMap(({ number }) => (seen.size === seen.add(number).size ? number : []));
  }

  /** Keys that had no effect. */
  get missing(): string[] {
    const had = new Set(this.org.effects.map(({ number }) => number));
    return this.rows.flatMap((row) => (typeof row === 'object' && !had.has(row.key) ? row.key : []));
  }

  async #live(
    machine: string,
    life: Life,
    work: (outbox: SqliteOutbox) => Promise<SyncReport>,
  ): Promise<SyncReport | 'died'> {
    const outbox = await SqliteOutbox.open(this.path(machine), { clock: this.clock });
    try {
      const end = await Promise.race([work(outbox), life.death]);
      if (end === 'died') this.#keepCrashed(machine);
      else this.#crashed.delete(machine);
      return end;
    } finally {
      await outbox.close();
    }
  }

  #keepCrashed(machine: string): void {
    const copy = join(this.#folder, `crashed-${++this.#copies}.sqlite`);
    // A process that has stored nothing leaves no log.
    for (const end of ['', '-wal']) {
      if (existsSync(`${this.path(machine)}${end}`)) copyFileSync(`${this.path(machine)}${end}`, `${copy}${end}`);
      else writeFileSync(`${copy}${end}`, '');
    }
    this.#crashed.set(machine, copy);
  }

  #options(outbox: SqliteOutbox, options: Partial<StartOptions>, life: Life): StartOptions {
    return {
      client: clientOf(this.org, life),
      program: programName,
      outbox: life.outbox(outbox),
      source,
      feeds: [arrayFeed(this.rows)],
      clock: life.clock(this.clock),
      random: seededRandom(7),
      batchSize: 2,
      concurrency: 2,
      ...options,
    };
  }
}

/** Returns the report of a run that reached its end. */
export function ended(report: SyncReport | 'died'): SyncReport {
  if (report === 'died') throw new Error('The process died.');
  return report;
}

/** Returns a life that ends when the condition is first true. */
export function diesWhen(condition: () => boolean): Life {
  let isDead = false;
  return new Life(() => {
    if (isDead || !condition()) return false;
    isDead = true;
    return true;
  });
}
