import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import { SqliteOutbox, startSync, resumeSync, retrySync } from '../../../src/sync/index.js';
import type { Outbox, RetryOptions, StartOptions, SyncReport } from '../../../src/sync/index.js';
import { externalTransactionNumber } from '../../../src/transaction.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { arrayFeed, source } from './arrayFeed.js';
import type { TestRow } from './arrayFeed.js';
import { clientOf } from './fakeClient.js';
import { FakeOrg } from './fakeOrg.js';
import type { FakeOrgOptions } from './fakeOrg.js';
import { Life } from './life.js';
import { programName } from './tables.js';

/** An org, a clock, a feed and an outbox, none of which takes real time. */
export class World implements AsyncDisposable {
  readonly clock: VirtualClock;
  readonly org: FakeOrg;
  rows: readonly TestRow[];
  outbox: SqliteOutbox;
  /** Returns what a sync gets instead of the outbox, such as a watched one. */
  seenBySync: (outbox: Outbox) => Outbox = (outbox) => outbox;
  /** Ids of the runs that have reported progress. */
  readonly runs = new Set<string>();

  constructor(
    rows: readonly TestRow[],
    options: Partial<Omit<FakeOrgOptions, 'clock'>> & { strangers?: readonly string[] } = {},
  ) {
    this.clock = new VirtualClock();
    this.rows = rows;
    const members = options.members ?? membersOf(rows).filter((member) => !options.strangers?.includes(member));
    this.org = new FakeOrg({ ...options, members, clock: this.clock });
    this.outbox = SqliteOutbox.inMemory({ clock: this.clock });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.outbox.close();
    expect(this.org.violations).to.deep.equal([]);
  }

  /** Opens an empty outbox, as on another machine: only what the org knows is known. */
  async freshOutbox(): Promise<void> {
    await this.outbox.close();
    this.outbox = SqliteOutbox.inMemory({ clock: this.clock });
  }

  start(options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport> {
    return startSync(this.options(options, life));
  }

  /** Continues the latest run. */
  async resume(options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport> {
    const run = await this.outbox.runs.find();
    return resumeSync({ ...this.options(options, life), run: run?.id ?? 'none' });
  }

  /** Retries what needs a person. */
  async retry(options: Partial<RetryOptions> = {}, life = new Life()): Promise<SyncReport> {
    return retrySync({ ...this.options({}, life), ...options });
  }

  options({ onProgress, ...options }: Partial<StartOptions> = {}, life = new Life()): StartOptions {
    return {
      client: clientOf(this.org, life),
      program: programName,
      outbox: life.outbox(this.seenBySync(this.outbox)),
      source,
      feeds: [arrayFeed(this.rows)],
      clock: life.clock(this.clock),
      random: seededRandom(7),
      onProgress: (progress) => {
        this.runs.add(progress.run);
        onProgress?.(progress);
      },
      ...options,
    };
  }

  get lastRun(): string {
    return [...this.runs].at(-1) ?? 'none';
  }

  /** Returns the number in the org for a key. */
  numberOf(key: string): string {
    return externalTransactionNumber(key, this.org.tables.numberLength ?? 40);
  }

  /** Counts how often each transaction had an effect, by its number. */
  effects(): Record<string, number> {
    const effects: Record<string, number> = {};
    for (const { number } of this.org.effects) effects[number] = (effects[number] ?? 0) + 1;
    return effects;
  }

  /** Returns the numbers in the order in which they had an effect on a member. */
  order(member: string): string[] {
    return this.org.effects.filter((effect) => effect.member === member.toLowerCase()).map(({ number }) => number);
  }
}

function membersOf(rows: readonly TestRow[]): string[] {
  return [...new Set(rows.flatMap((row) => (typeof row === 'object' ? row.member : [])))];
}
