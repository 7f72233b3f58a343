import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { packageSource } from '../../../src/cli/packageSource.js';
import { LoyaltyClient } from '../../../src/client/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { createExample, harbourFeed } from '../../../src/program/index.js';
import { endedGroupsInMemory, openFeed } from '../../../src/sync/index.js';
import { FastClock } from '../fastClock.js';
import type { Ending, Job } from './job.js';
import { Machine } from './machine.js';
import { storyMapping } from './storyMapping.js';
import { troubles } from './troubles.js';

export type Level = 0 | 1 | 2;

/** What can become of the machines of a story. */
export interface StoryOptions {
  readonly seed: number;
  readonly level: Level;
  readonly chapters: readonly Chapter[];
  readonly faults?: boolean;
  /** Rows that each chapter adds to the feed. */
  readonly rows?: number;
}

/** Something that happens to outboxes and machines while the feed grows. */
export type Chapter = (story: Story) => Promise<void>;

/** A purchase, as the feed and the org name it. */
export interface Purchase {
  readonly key: string;
  readonly member: string;
}

/** What a story led to. */
export interface StoryResult {
  /** Of each machine that could still report. */
  readonly endings: readonly Ending[];
  /** Journals in the org, in commit order. */
  readonly committed: readonly Purchase[];
  /** In feed order. */
  readonly fed: readonly Purchase[];
  /** Of the last machine, which had to complete everything. */
  readonly last: Ending;
}

const members = 40;
const speed = 20;
/** Milliseconds of the story's clock: two real seconds. */
export const settle = 40_000;

/** An org, a feed that grows, and outboxes on several machines. */
export class Story implements AsyncDisposable {
  readonly endings: Ending[] = [];
  readonly random: Random;
  #lines = 0;

  readonly #origin: number;
  readonly #options: StoryOptions;
  readonly #feed: readonly string[];

  private constructor(
    readonly org: Emulator,
    readonly folder: string,
    origin: number,
    options: StoryOptions,
    feed: readonly string[],
  ) {
    this.#origin = origin;
    this.#options = options;
    this.#feed = feed;

    this.random = seededRandom(options.seed);
  }

  static async tell(options: StoryOptions): Promise<StoryResult> {
    await using story = await Story.begin(options);
    for (const chapter of options.chapters) {
      await story.growFeed();
      await chapter(story);
    }
    const last = await story.complete();
    await story.org.faults.settled();
    return { endings: story.endings, committed: story.committed, fed: await story.#fed(), last };
  }

  static async begin(options: StoryOptions): Promise<Story> {
    const { seed, level, faults = true, rows = 60, chapters } = options;
    const origin = Date.now();
    const org = await Emulator.start({
      clock: new FastClock(speed, { origin }),
      effects: true,
      settings: { allowNegativeBalance: true },
      ...(level > 0 && { source: packageSource }),
    });
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'story', clientSecret: 'none' });
    await createExample(client, { members, days: 0 });
    if (faults) org.faults.replace(troubles(seed, settle));
    const feed = [...harbourFeed({ seed, rows: rows * chapters.length * 2, members, withoutMember: 0 })]
      .join('')
      .split(/(?<=\n)/);
    const story = new Story(org, await mkdtemp(join(tmpdir(), 'machines-')), origin, options, feed);
    return story;
  }

  /** Appends rows to the feed. */
  async growFeed(): Promise<void> {
    this.#lines += this.#options.rows ?? 60;
    await writeFile(this.path('feed.csv'), this.#feed.slice(0, this.#lines + 1).join(''));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  machine(outbox: string, more: Partial<Job> = {}): Machine {
    const { level } = this.#options;
    const machine = new Machine({
      ...{ orgUrl: this.org.url, feed: this.path('feed.csv'), outbox: this.path(outbox), settle, speed },
      ...{ origin: this.#origin, shift: 0, takeOver: false, resumes: this.random.next() < 0.5 },
      ...(level === 2 && { uniqueField: 'Loyalty_Sync_Key__c' }),
      ...more,
    });
    void machine.ended.then((ending) => {
      if (ending) this.endings.push(ending);
    });
    return machine;
  }

  /** Lets a machine send for at most this many real milliseconds, and kills it. */
  async killed(outbox: string, within = 400, more: Partial<Job> = {}): Promise<void> {
    const machine = this.machine(outbox, more);
    await machine.sending;
    await this.pause(within);
    await machine.kill();
  }

  async pause(within: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.random.next() * within));
  }

  async copy(from: string, to: string): Promise<void> {
    await this.erase(to);
    for (const end of ['', '-wal']) {
      await copyFile(this.path(from + end), this.path(to + end)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
    }
  }

  async erase(outbox: string): Promise<void> {
    for (const end of ['', '-wal', '-shm', '-lock']) await rm(this.path(outbox + end), { force: true });
  }

  /** Repeats the command until everything is done, as an operator would. */
  async complete(outbox = 'till.sqlite', more: Partial<Job> = {}): Promise<Ending> {
    for (let attempt = 1; ; attempt++) {
      const ending = await this.machine(outbox, more).ended;
      if (!ending) throw new Error('A machine died that nobody has killed.');
      // A resumed run reports that its feed has grown since it read it. The new rows need another run.
      const isAll = ending.how === 'complete' && !ending.notes.includes('feed-grown');
      if (isAll || ending.how === 'Error' || attempt === 25) return ending;
      // Waits if another process is sending.
      if (ending.code === 'SOURCE_HELD') await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  get committed(): StoryResult['committed'] {
    const rows = this.org.store.find('LoyaltyProgramMember', {});
    const numbers = new Map(rows.map((row) => [row.Id, row['MembershipNumber']]));
    return [...this.org.effects]
      .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
      .map(({ fields }) => ({
        key: String(fields['ExternalTransactionNumber']),
        member: String(numbers.get(String(fields['MemberId']))),
      }));
  }

  async #fed(): Promise<Purchase[]> {
    const feed = await openFeed(this.path('feed.csv'), await storyMapping());
    const fed: Purchase[] = [];
    for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory() })) {
      for (const entry of entries) if (entry.kind === 'transaction') fed.push(entry.transaction);
    }
    return fed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.org.stop();
    await rm(this.folder, { recursive: true });
  }
}
