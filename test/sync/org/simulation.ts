import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LoyaltyApiError, LostAnswerError } from '../../../src/client/index.js';
import { exitCode, OutboxBusyError, SqliteOutbox } from '../../../src/sync/index.js';
import type { Outbox, SyncReport, StartOptions } from '../../../src/sync/index.js';
import { arrayFeed } from './arrayFeed.js';
import { expectToAddUp } from './counts.js';
import { KeyModel } from './keyModel.js';
import { Life } from './life.js';
import { Marks } from './marks.js';
import { expectExitCode, expectTruth, waitsForPerson } from './orgTruth.js';
import type { Truth } from './orgTruth.js';
import { heldJournals, tellStory } from './story.js';
import type { Day, Story, StoryFile } from './story.js';
import { hasGroups, withGroups } from './storyGroups.js';
import { faultOf, oneOf, orgFaults, trouble } from './trouble.js';
import { judgedAnswers, verdictMark } from './verdictAnswers.js';
import type { JudgedAnswer } from './verdictAnswers.js';
import { Witness } from './witness.js';
import { World } from './world.js';

/** A folder in memory, where flushing to disk takes no time. */
const memoryFolder = '/dev/shm';
const window = 600_000;
/** Processes per day that can meet faults. After that, no more faults occur. */
const troubledProcesses = 8;
/** After the last fault, this many processes and this much time must be enough to complete everything. */
const calmProcesses = 3;
const calmTime = 4 * window;

/** Faults outside the org: a process dies, is interrupted, starts a new run, is not alone … */
const processFaults = ['death', 'interrupt', 'restart', 'caller', 'secondObject', 'unfinished', 'clock'] as const;
type Fault = (typeof processFaults)[number] | (typeof orgFaults)[number];
const faults: readonly Fault[] = [...orgFaults, ...processFaults];

/** A version of the engine with a fault that the simulation must find. */
export interface Plant {
  readonly outbox?: (outbox: Outbox) => Outbox;
  readonly options?: Partial<StartOptions>;
  readonly exitCode?: (report: SyncReport) => number;
}

/**
 * Histories made from a seed: feeds over several days, an org with faults, a person who decides, and processes that
 * die, are interrupted, start again and are not alone. Whenever a run is complete, every row was counted as the table
 * says, what the outbox says about every key matches the org, and the exit code is correct.
 */
export async function simulate(seed: number, marks = new Marks(), plant: Plant = {}): Promise<void> {
  await using history = await History.begin(seed, marks, plant);
  await history.tell();
}

class History implements AsyncDisposable {
  readonly #random: Random;
  readonly #story: Story;
  /** Whether a transaction may have several rows. */
  readonly #several: boolean;
  readonly #world: World;
  readonly #marks: Marks;
  readonly #plant: Plant;
  readonly #faults: ReadonlySet<Fault>;
  readonly #struck = new Set<Fault>();
  readonly #witness: Witness;
  readonly #model: KeyModel;
  readonly #settings: Partial<StartOptions> & { stretch: number };
  readonly #dies: number;
  readonly #often: number;
  readonly #prefers: JudgedAnswer;
  readonly #others: Promise<unknown>[] = [];
  readonly #errors: Error[] = [];
  #isCalm = false;
  #mayBeRefused = (_key: string): boolean => true;
  #secondObject: SqliteOutbox | undefined;
  #cleanUp: () => void = () => undefined;

  private constructor(seed: number, marks: Marks, plant: Plant) {
    const random = seededRandom(seed * 7919 + 13);
    this.#random = random;
    this.#marks = marks;
    this.#plant = plant;
    this.#story = withGroups(tellStory(random), seed);
    this.#several = hasGroups(seed);
    const { members, refused, faulty, held } = this.#story;
    this.#world = new World([], { members, numberLength: oneOf(random, [40, 255]) });
    const { org } = this.#world;
    for (const key of refused) org.refused.add(this.#world.numberOf(key));
    for (const key of faulty) org.faulty.add(this.#world.numberOf(key));
    for (const each of held) {
      for (const journal of heldJournals(each, this.#world.numberOf(each.transaction.key))) org.hold(journal);
    }
    org.onPatch = () => this.#marks.met('journal: mended');
    org.onRefusal = (error) => this.#marks.met(verdictMark(error));
    this.#model = new KeyModel(marks);
    this.#witness = new Witness(marks, this.#model);
    // Also among even seeds, which `test:simulation` gives the plain histories, every answer is preferred by some.
    this.#prefers = judgedAnswers[(seed + Math.floor(seed / judgedAnswers.length)) % judgedAnswers.length]!;
    this.#faults = drawFaults(seed, random, faultOf(this.#prefers));
    this.#often = oneOf(random, [0.1, 0.25, 0.5]);
    this.#dies = oneOf(random, [1 / 200, 1 / 60]);
    this.#settings = {
      batchSize: random.integer(1, 12),
      concurrency: random.integer(1, 6),
      stretch: random.integer(3, 50),
      settle: window,
      runPending: random.next() < 0.5,
      ...(seed % 3 === 0 && { unknownMembers: 'hold' as const }),
    };
    this.#storm();
  }

  static async begin(seed: number, marks: Marks, plant: Plant): Promise<History> {
    const history = new History(seed, marks, plant);
    if (history.#faults.has('secondObject')) await history.#useFile();
    history.#world.seenBySync = (outbox) => history.#watched(outbox);
    return history;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#secondObject?.close();
      await this.#world[Symbol.asyncDispose]();
    } finally {
      this.#cleanUp();
    }
  }

  async tell(): Promise<void> {
    const { days } = this.#story;
    for (const [index, day] of days.entries()) await this.#live(day, index === days.length - 1);
    const files = days.at(-1)?.files ?? [];
    await this.#afterAll(files);
    for (const one of this.#struck)
      for (const other of this.#struck) if (one < other) this.#marks.met(pairMark(one, other));
  }

  #watched(outbox: Outbox): Outbox {
    const planted = this.#plant.outbox?.(outbox) ?? outbox;
    return this.#witness.watch(planted, planted);
  }

  async #useFile(): Promise<void> {
    const folder = mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'simulation-'));
    this.#cleanUp = () => rmSync(folder, { recursive: true, force: true });
    await this.#world.outbox.close();
    const path = join(folder, 'outbox.sqlite');
    const { clock } = this.#world;
    this.#world.outbox = await SqliteOutbox.open(path, { clock });
    this.#secondObject = await SqliteOutbox.open(path, { clock });
  }

  #storm(): void {
    const { org } = this.#world;
    trouble(org, this.#random, {
      often: this.#often,
      window,
      prefers: this.#prefers,
      faults: orgFaults.filter((fault) => this.#faults.has(fault)),
      struck: (fault) => this.#struck.add(fault),
    });
    this.#isCalm = false;
  }

  #calm(): void {
    const { org } = this.#world;
    org.fate = (execution) => org.honest(execution);
    org.queryFate = () => undefined;
    this.#isCalm = true;
  }

  /** Tells whether this fault occurs now. */
  #strikes(fault: Fault, chance: number): boolean {
    if (this.#isCalm || !this.#faults.has(fault) || this.#random.next() >= chance) return false;
    this.#struck.add(fault);
    return true;
  }

  async #live(day: Day, isLast: boolean): Promise<void> {
    const { org } = this.#world;
    this.#storm();
    for (const member of day.enrolled) if (org.tables.memberId(member) === undefined) org.tables.enrol(member);
    for (const key of day.mended) org.refused.delete(this.#world.numberOf(key));
    if (day.keepsOrg) await this.#keepOrg();
    if (day.retries) await this.#process((life) => this.#world.retry(this.#settings, life));
    const runsBefore = this.#witness.runs.length;
    const cut = !isLast && this.#strikes('unfinished', 0.7) ? this.#random.integer(1, 3) : Infinity;
    await this.#untilComplete(day.files, { runsBefore, cut });
  }

  /** Starts one process after another until a run of these files is complete, or the day is over. */
  async #untilComplete(
    files: readonly StoryFile[],
    { runsBefore, cut }: { runsBefore: number; cut: number },
  ): Promise<void> {
    let calmSince = { process: Infinity, at: 0 };
    for (let process = 1; process <= cut; process++) {
      if (process === troubledProcesses) {
        this.#calm();
        calmSince = { process, at: this.#world.clock.monotonic() };
      }
      const report = await this.#oneProcess(files, runsBefore);
      await this.#awaitOthers();
      if (report && (await this.#isTheEnd(report))) {
        const { clock } = this.#world;
        if (this.#isCalm) expect(clock.monotonic() - calmSince.at, 'time after the last fault').to.be.below(calmTime);
        return this.#expectEnd(report, files);
      }
      const tooMany = calmSince.process + calmProcesses;
      expect(process, `processes; the last ended ${report?.ending ?? 'without a report'}`).to.be.lessThan(tooMany);
      if (!report) await this.#world.clock.sleep(this.#random.integer(0, window));
      if (this.#strikes('clock', 0.3)) this.#world.clock.shift(this.#random.integer(-3, 3) * 3_600_000);
    }
  }

  /** Tells whether no other process has started or continued a run since. */
  async #isTheEnd({ run, ending }: SyncReport): Promise<boolean> {
    const latest = await this.#world.outbox.runs.find();
    if (latest?.id !== run || latest.ending !== ending) return false;
    return ending === 'complete' || (ending === 'unfinished' && waitsForPerson(this.#truth));
  }

  /** Checks that everything is settled, or waits for a person and is reported. */
  async #expectEnd(report: SyncReport, files: readonly StoryFile[]): Promise<void> {
    expectTruth(this.#truth);
    const code = (this.#plant.exitCode ?? exitCode)(report);
    expectExitCode(this.#truth, { code, report, files });
    const open = await this.#world.outbox.delivery.open();
    const hasHeld = [...this.#witness.items.values()].some(({ state }) => state === 'held');
    this.#marks.met(open === 0 ? 'end: everything is settled' : 'end: the rest waits for a person');
    if (hasHeld) this.#marks.met('end: held until their members exist');
    if (open === 0) return;
    const told = new Set(
      report.records.flatMap(({ status, member }) => (status === 'parked' ? member?.toLowerCase() : [])),
    );
    for (const { member } of report.records.filter(({ status }) => status === 'ready')) {
      expect([...told], 'members of parked transactions').to.include(member?.toLowerCase());
    }
  }

  get #truth(): Truth {
    const { faulty, held, refused, strangers } = this.#story;
    const holds = this.#settings.unknownMembers === 'hold';
    const mayBeRefused = (key: string): boolean =>
      this.#mayBeRefused(key) &&
      (refused.includes(key) || (!holds && strangers.includes(this.#model.contentOf(key)?.split('/')[0] ?? '')));
    return {
      world: this.#world,
      witness: this.#witness,
      model: this.#model,
      marks: this.#marks,
      runPending: this.#settings.runPending ?? false,
      held: new Set(held.map(({ transaction }) => transaction.key)),
      faulty: new Set(faulty),
      holds,
      mayBeRefused,
    };
  }

  async #oneProcess(files: readonly StoryFile[], runsBefore: number): Promise<SyncReport | undefined> {
    const abort = new AbortController();
    if (this.#strikes('interrupt', 0.2)) {
      this.#world.clock.after(this.#random.integer(0, 60_000), () => abort.abort());
    }
    if (this.#strikes('caller', 0.6)) this.#anotherCaller(files, { outbox: this.#world.outbox, runsBefore });
    if (this.#secondObject && this.#strikes('secondObject', 0.6))
      this.#anotherCaller(files, { outbox: this.#secondObject, runsBefore });
    const isNew = this.#witness.runs.length === runsBefore || this.#strikes('restart', 0.3);
    const options = { ...this.#options(files), signal: abort.signal };
    return this.#process((life) => (isNew ? this.#world.start(options, life) : this.#world.resume(options, life)));
  }

  #options(files: readonly StoryFile[]): Partial<StartOptions> {
    const { stretch, ...settings } = this.#settings;
    return {
      ...settings,
      ...this.#plant.options,
      feeds: files.map(({ name, rows, repeats }) => arrayFeed(rows, { name, stretch, ...(repeats && { repeats }) })),
      onProgress: ({ run }) =>
        void this.#world.outbox.runs
          .counts(run)
          .then((counts) => expectToAddUp(counts, { several: this.#several }))
          .catch(this.#note),
    };
  }

  readonly #note = (error: unknown): void => {
    this.#errors.push(error instanceof Error ? error : new Error('Something else than an error was thrown.'));
  };

  #life(): Life {
    const mortal = !this.#isCalm && this.#faults.has('death');
    return new Life(() => mortal && this.#random.next() < this.#dies && this.#strikes('death', 1));
  }

  /** Runs a process from its start to its end or death. Returns undefined if there is no report. */
  async #process(work: (life: Life) => Promise<SyncReport>): Promise<SyncReport | undefined> {
    const life = this.#life();
    const report = await Promise.race([work(life).catch((error: unknown) => this.#named(error)), life.death]);
    if (report === undefined || report === 'died') return undefined;
    expectToAddUp(report.counts, { several: this.#several });
    return report;
  }

  /** Handles errors with which a run may fail without losing anything. */
  #named(error: unknown): undefined {
    if (error instanceof LoyaltyApiError || error instanceof LostAnswerError) return;
    if (error instanceof OutboxBusyError) {
      this.#marks.met('caller: refused by name');
      return;
    }
    const name = error instanceof Error ? error.name : '';
    if (name === 'UnfinishedRunError' || name === 'NothingToKeepError') return;
    throw error;
  }

  /** Lets another caller start or continue a run of these files at a random moment. */
  #anotherCaller(
    files: readonly StoryFile[],
    { outbox, runsBefore }: { outbox: SqliteOutbox; runsBefore: number },
  ): void {
    const { clock } = this.#world;
    const wantsNew = this.#random.next() < 0.5;
    const after = this.#random.next() < 0.7 ? this.#random.integer(0, 2000) : this.#random.integer(0, 2 * window);
    const work = async (): Promise<void> => {
      await clock.sleep(after);
      const isNew = wantsNew || this.#witness.runs.length === runsBefore;
      const report = await this.#process((life) => {
        const options = { ...this.#options(files), outbox: life.outbox(this.#watched(outbox)) };
        return isNew ? this.#world.start(options, life) : this.#world.resume(options, life);
      });
      if (report) this.#marks.met('caller: ran behind the other');
    };
    this.#others.push(work().catch(this.#note));
  }

  async #awaitOthers(): Promise<void> {
    await Promise.all(this.#others.splice(0));
    const [error] = this.#errors;
    if (error) throw error;
  }

  /** Decides for the org, as a person, wherever it contradicts a feed. */
  async #keepOrg(): Promise<void> {
    const { runs } = this.#world.outbox;
    const latest = await runs.find();
    if (!latest) return;
    const lines = [...runs.lines(latest.id)].flatMap(({ kind, key }) => (kind === 'conflict' && key ? [key] : []));
    const items = [...this.#witness.items].flatMap(([key, { state }]) => (state === 'conflictInOrg' ? [key] : []));
    for (const key of new Set([...lines, ...items].slice(0, 8))) {
      await this.#process((life) => this.#world.retry({ ...this.#settings, keepOrg: [key] }, life));
    }
  }

  /** Removes every cause of a refusal, retries everything that needs a person, and reads the same feeds again. */
  async #afterAll(files: readonly StoryFile[]): Promise<void> {
    const { org } = this.#world;
    this.#storm();
    org.refused.clear();
    org.faulty.clear();
    for (const member of this.#story.strangers) if (!org.tables.memberId(member)) org.tables.enrol(member);
    this.#mendJournals();
    await this.#retryAll();
    this.#mayBeRefused = () => false;
    expectTruth(this.#truth);
    await this.#expectNothingNew(files);
  }

  /** Cancels copies in the org, as a person might, and sets some failed journals back. */
  #mendJournals(): void {
    const { org } = this.#world;
    for (const [key, { state }] of this.#witness.items) {
      if (this.#random.next() < 0.5) continue;
      const number = this.#world.numberOf(key);
      const own = org.tables.journals.filter((journal) => journal.number === number && journal.relatedTo === null);
      const [journal, ...others] = own;
      if (state === 'refused' && journal?.status === 'Error' && others.length === 0) journal.status = 'Pending';
      if (state === 'doubled') for (const other of others) other.status = 'Cancelled';
    }
  }

  async #retryAll(): Promise<void> {
    for (let process = 1; ; process++) {
      if (process === 4) this.#calm();
      const latest = await this.#world.outbox.runs.find();
      const isRetry = latest?.settings['retry'] === true;
      const isOver = latest?.ending === 'complete' || (latest?.ending === 'unfinished' && waitsForPerson(this.#truth));
      const report = await this.#process((life) => {
        if (isOver) return this.#world.retry(this.#settings, life);
        return this.#world.resume({ ...this.#settings, ...(isRetry && { feeds: [] }) }, life);
      });
      if (isOver && report && (await this.#isTheEnd(report))) return;
      if (!report) await this.#world.clock.sleep(window);
      expect(process, 'processes that retry').to.be.lessThan(4 + calmProcesses);
    }
  }

  /** Returns the keys of the items that wait behind one that a person must decide. */
  #waiting(): Set<string> {
    return new Set([...this.#witness.items].flatMap(([key, { state }]) => (state === 'ready' ? key : [])));
  }

  /** Checks law 3: reads the same feed again, first with this machine's outbox and then with an empty one. */
  async #expectNothingNew(files: readonly StoryFile[]): Promise<void> {
    this.#calm();
    const { org } = this.#world;
    const sent = org.executions.length;
    const waiting = this.#waiting();
    await this.#world.start(this.#options(files));
    // What waited can be corrected by another line with its key, which was a conflict while it was in doubt.
    const again = org.executions.slice(sent).flatMap(({ journals }) => journals);
    const known = again.filter(({ number }) => !isNumberOf(this.#world, waiting, number));
    expect(known, 'sent again for the same feed').to.deep.equal([]);
    expectTruth(this.#truth);
    const effects = org.effects.length;
    await this.#world.freshOutbox();
    this.#world.seenBySync = (outbox) => outbox;
    await this.#world.start(this.#options(files));
    // Items that waited behind a parked item that these files do not contain do not wait here.
    const owed = this.#waiting();
    const twice = org.effects.slice(effects).filter(({ number }) => !isNumberOf(this.#world, owed, number));
    expect(twice, 'effects with a fresh outbox').to.deep.equal([]);
  }
}

function isNumberOf(world: World, keys: ReadonlySet<string>, number: string): boolean {
  return [...keys].some((key) => world.numberOf(key) === number);
}

/**
 * Draws the faults of one history as a set, so that each pair of them occurs over the seeds. One pair and the fault of
 * one answer are taken in turn; the others are drawn. Some histories have no faults.
 */
function drawFaults(seed: number, random: Random, ofAnswer: Fault): ReadonlySet<Fault> {
  if (seed % 10 === 0) return new Set();
  const pairs = faults.flatMap((one, index) => faults.slice(index + 1).map((other) => [one, other]));
  const pair = pairs[(seed * 61) % pairs.length] ?? [];
  return new Set([...faults.filter(() => random.next() < 0.45), ...pair, ofAnswer]);
}

export const pairMarks: readonly string[] = faults.flatMap((one, index) =>
  faults.slice(index + 1).map((other) => pairMark(one, other)),
);

function pairMark(one: Fault, other: Fault): string {
  return `faults: ${one < other ? `${one} and ${other}` : `${other} and ${one}`}`;
}
