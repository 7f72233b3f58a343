import { systemClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Run, RunEnding } from '../outbox/index.js';
import { Course } from './course.js';
import { DeliveryLoop } from './delivery.js';
import { takeIn } from './intake.js';
import { Journals } from './journals.js';
import { nameJournals } from './nameJournals.js';
import { MemberCheck } from './memberCheck.js';
import { defaults, type ResumeOptions, type StartOptions, type SyncOptions, type SyncProgress } from './options.js';
import { Pace } from './pace.js';
import { inspectOrg, mustLookUp, type OrgFacts } from './preflight.js';
import { makeReport, type SyncReport } from './report.js';

/**
 * Mirrors feeds into a loyalty program: reads them into the outbox, then delivers what the outbox owes.
 * Safe to repeat and to end at any instant.
 * @throws {OutboxBusyError} when another process delivers from the same outbox
 * @throws {UnknownProgramError} when the org has no such program; nothing is read or sent then
 */
export async function startSync(options: StartOptions): Promise<SyncReport> {
  await options.outbox.lock();
  const facts = await inspectOrg(options.client, options.program);
  const lookUpFirst = await mustLookUp(options.client, options.outbox, {
    source: options.source,
    numberLength: facts.numberLength,
    trustEmptyOutbox: options.trustEmptyOutbox ?? false,
  });
  const run = await options.outbox.runs.begin({ ...options.settings, program: facts.program, source: options.source });
  return new SyncRun(options, facts, run).complete(lookUpFirst, options.limit);
}

/**
 * Goes on with a run that was cut off, interrupted or left unfinished: reads the rest of its feeds and delivers.
 * @throws as {@link startSync}
 */
export async function resumeSync(options: ResumeOptions): Promise<SyncReport> {
  const { client, outbox } = options;
  await outbox.lock();
  const run = await outbox.runs.find(options.run);
  if (!run) throw new Error(`The outbox ${outbox.name} has no run ${options.run}.`);
  const facts = await inspectOrg(client, options.program);
  const lookUpFirst = (await outbox.intake.looksUpFirst(options.source)) ?? true;
  await outbox.runs.resume(run.id);
  return new SyncRun(options, facts, run).complete(lookUpFirst);
}

/**
 * Reads feeds into an outbox and sends nothing: what would be accepted, rejected and in conflict. Give it an outbox in
 * memory, so that nothing is stored.
 * @throws {UnknownProgramError}
 */
export async function planSync(options: StartOptions): Promise<SyncReport> {
  const facts = await inspectOrg(options.client, options.program);
  const run = await options.outbox.runs.begin({ ...options.settings, program: facts.program, source: options.source });
  return new SyncRun(options, facts, run).plan(options.limit);
}

/** One process's part of a run. */
class SyncRun {
  private readonly course: Course;
  private readonly progress: { -readonly [K in keyof SyncProgress]: SyncProgress[K] };

  public constructor(
    private readonly options: SyncOptions & { readonly feeds: StartOptions['feeds'] },
    private readonly facts: OrgFacts,
    private readonly run: Run,
  ) {
    const clock = options.clock ?? systemClock;
    const random = options.random ?? seededRandom(clock.now());
    this.course = new Course({
      journals: new Journals(options.client, facts),
      delivery: options.outbox.delivery,
      pace: new Pace(options.concurrency ?? defaults.concurrency, clock, random),
      clock,
      settleWindow: options.settle ?? defaults.settle,
    });
    this.progress = { run: run.id, phase: 'intake', read: 0, settled: 0, open: 0, requests: 0 };
  }

  public async complete(lookUpFirst: boolean, limit?: number): Promise<SyncReport> {
    let ending: RunEnding = 'failed';
    try {
      await this.readFeeds(lookUpFirst, limit);
      await this.deliver();
      ending = await this.ending();
    } finally {
      await this.options.outbox.runs.end(this.run.id, ending);
    }
    return this.report();
  }

  /** Reads and counts. Whatever was read is ready to be sent, and the report says so. */
  public async plan(limit?: number): Promise<SyncReport> {
    await this.readFeeds(false, limit);
    await this.options.outbox.runs.end(this.run.id, 'planned');
    return this.report();
  }

  private async readFeeds(lookUpFirst: boolean, limit?: number): Promise<void> {
    const { feeds, outbox, signal } = this.options;
    const onRows = (rows: number): void => {
      this.progress.read += rows;
      this.tell({ phase: 'intake' });
    };
    for (const feed of feeds) await takeIn(feed, { run: this.run.id, outbox, lookUpFirst, limit, signal, onRows });
  }

  private async deliver(): Promise<void> {
    const { client, outbox, signal, settle = defaults.settle } = this.options;
    await outbox.delivery.recover(settle);
    const loop = new DeliveryLoop({
      course: this.course,
      memberCheck: new MemberCheck(client, this.facts.program, this.course),
      batchSize: this.options.batchSize ?? defaults.batchSize,
      wait: this.options.wait ?? settle + 60_000,
      signal,
      onProgress: (open, waitingUntil) => {
        this.keepReserve();
        this.tell({ phase: waitingUntil === undefined ? 'delivery' : 'waiting', open, waitingUntil });
      },
    });
    await loop.run();
    if (!this.course.stopped) await nameJournals(outbox.delivery, this.course.journals);
  }

  /** The daily calls are shared with everybody else in the org. */
  private keepReserve(): void {
    const usage = this.options.client.apiUsage;
    const { reserve = defaults.reserve } = this.options;
    if (!usage || reserve === 0 || usage.limit - usage.used > reserve) return;
    this.course.stop({
      code: 'RESERVE_REACHED',
      message: `The org has used ${usage.used} of its ${usage.limit} daily API calls; ${reserve} are kept in reserve.`,
      action: 'Resume the run when the org has more calls left.',
    });
  }

  private async ending(): Promise<RunEnding> {
    if (this.options.signal?.aborted) return 'interrupted';
    if (this.course.stopped) return 'stopped';
    return (await this.options.outbox.delivery.open()) === 0 ? 'complete' : 'unfinished';
  }

  private async report(): Promise<SyncReport> {
    const run = await this.options.outbox.runs.find(this.run.id);
    return makeReport(this.options.outbox, run ?? this.run, this.course.stopped);
  }

  private tell(news: Partial<SyncProgress>): void {
    Object.assign(this.progress, { waitingUntil: undefined, settled: this.course.settled }, news);
    this.options.onProgress?.(this.progress);
  }
}
