import { systemClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Outbox, Run, RunEnding } from '../outbox/index.js';
import type { StopReason } from './attempt.js';
import { Course } from './course.js';
import { DeliveryLoop } from './delivery.js';
import { takeIn } from './intake.js';
import { Journals } from './journals.js';
import { nameJournals } from './nameJournals.js';
import { MemberCheck } from './memberCheck.js';
import { checkOptions, defaults, defaultWait } from './options.js';
import type { ResumeOptions, RetryOptions, StartOptions, SyncProgress } from './options.js';
import { Pace } from './pace.js';
import { inspectOrg, mustBelongTo, mustLookUp, type OrgFacts } from './preflight.js';
import { makeReport, type SyncReport } from './report.js';
import { mustHaveKeys, mustHaveRead } from './retry.js';

/**
 * Mirrors feeds into a loyalty program: reads them into the outbox, then delivers what the outbox owes.
 * Safe to repeat and to end at any instant.
 * @throws {OutboxBusyError} when another process delivers from the same outbox
 * @throws {UnknownProgramError} when the org has no such program; nothing is read or sent then
 * @throws {OtherProgramError} when the outbox belongs to another program; nothing is read or sent then
 */
export async function startSync(options: StartOptions): Promise<SyncReport> {
  checkOptions(options);
  await options.outbox.lock();
  const facts = await inspectOrg(options.client, options.program);
  await mustBelongTo(options.outbox, facts);
  const lookUpFirst = await mustLookUp(options.client, options.outbox, {
    source: options.source,
    numberLength: facts.numberLength,
    trustEmptyOutbox: options.trustEmptyOutbox ?? false,
  });
  const run = await begin(options, facts);
  return new SyncRun(options, facts, run).complete(lookUpFirst, options.limit);
}

/**
 * Goes on with a run that was cut off, interrupted or left unfinished: reads the rest of its feeds and delivers.
 * @throws as {@link startSync}
 */
export async function resumeSync(options: ResumeOptions): Promise<SyncReport> {
  const { client, outbox } = options;
  checkOptions(options);
  await outbox.lock();
  const run = await existing(outbox, options.run);
  const facts = await inspectOrg(client, options.program);
  await mustBelongTo(outbox, facts);
  const lookUpFirst = (await outbox.intake.looksUpFirst(options.source)) ?? true;
  await outbox.runs.resume(run.id);
  return new SyncRun(options, facts, run).complete(lookUpFirst);
}

/**
 * Takes refused transactions of a run up again, when the reason is gone: all of them, or those with these keys or codes
 * of refusal. Each is looked up in the org before it is sent; one whose journal the org holds as failed stays refused
 * until somebody sets that journal to Pending there. Delivers whatever else the outbox owes.
 *
 * A transaction that is taken up comes after others of its member that are done: the order of the feed is broken.
 * @throws {UnfinishedRunError} for a run that was cut off: it has to be resumed first
 * @throws {UnknownKeysError} for keys that the run does not have; nothing is taken up then
 * @throws as {@link startSync}
 */
export async function retrySync(options: RetryOptions): Promise<SyncReport> {
  const { client, outbox } = options;
  checkOptions(options);
  await outbox.lock();
  const run = await existing(outbox, options.run);
  mustHaveRead(run);
  await mustHaveKeys(outbox, run, options);
  const facts = await inspectOrg(client, options.program);
  await mustBelongTo(outbox, facts);
  await outbox.deadLetters.retry(run.id, options);
  await outbox.runs.resume(run.id);
  return new SyncRun({ ...options, feeds: [], source: String(run.settings['source']) }, facts, run).complete(true);
}

async function existing(outbox: Outbox, id: string): Promise<Run> {
  const run = await outbox.runs.find(id);
  if (!run) throw new Error(`The outbox ${outbox.name} has no run ${id}.`);
  return run;
}

/**
 * Reads feeds into an outbox and sends nothing: what would be accepted, rejected and in conflict. Give it an outbox in
 * memory, so that nothing is stored.
 * @throws {UnknownProgramError}
 */
export async function planSync(options: StartOptions): Promise<SyncReport> {
  checkOptions(options);
  const facts = await inspectOrg(options.client, options.program);
  const run = await begin(options, facts);
  return new SyncRun(options, facts, run).plan(options.limit);
}

function begin({ outbox, settings, source }: StartOptions, { program, programId }: OrgFacts): Promise<Run> {
  return outbox.runs.begin({ ...settings, program, programId, source });
}

/** One process's part of a run. */
class SyncRun {
  private readonly course: Course;
  private readonly progress: { -readonly [K in keyof SyncProgress]: SyncProgress[K] };

  public constructor(
    private readonly options: Omit<ResumeOptions, 'run'>,
    private readonly facts: OrgFacts,
    private readonly run: Run,
  ) {
    const { concurrency = defaults.concurrency, batchSize = defaults.batchSize, signal } = options;
    const clock = options.clock ?? systemClock;
    const random = options.random ?? seededRandom(clock.now());
    this.course = new Course({
      journals: new Journals(options.client, facts),
      delivery: options.outbox.delivery,
      pace: new Pace({ concurrency, batchSize }, clock, random),
      clock,
      settleWindow: options.settle ?? defaults.settle,
      signal,
    });
    this.progress = { run: run.id, phase: 'intake', read: 0, settled: 0, open: 0, requests: 0 };
  }

  public async complete(lookUpFirst: boolean, limit?: number): Promise<SyncReport> {
    let ending: RunEnding = 'failed';
    try {
      await this.readFeeds(lookUpFirst, limit);
      await this.deliver();
      ending = await this.ending();
      await nameJournals(this.course, () => this.options.signal?.aborted !== true && !this.reserveReached());
    } finally {
      await this.options.outbox.runs.end(this.run.id, ending);
    }
    return this.report(ending === 'stopped' ? this.course.stopped : undefined);
  }

  /** Reads and counts. Whatever was read is ready to be sent, and the report says so. */
  public async plan(limit?: number): Promise<SyncReport> {
    await this.readFeeds(false, limit);
    await this.options.outbox.runs.end(this.run.id, this.options.signal?.aborted ? 'interrupted' : 'planned');
    return this.report();
  }

  private async readFeeds(lookUpFirst: boolean, limit?: number): Promise<void> {
    const { feeds, outbox, signal, source } = this.options;
    const onRows = (rows: number): void => {
      this.progress.read += rows;
      this.tell({ phase: 'intake' });
    };
    const options = { run: this.run.id, source, outbox, lookUpFirst, limit, signal, onRows };
    for (const feed of feeds) await takeIn(feed, options);
  }

  private async deliver(): Promise<void> {
    const { client, outbox, settle = defaults.settle } = this.options;
    await outbox.delivery.recover(settle);
    const loop = new DeliveryLoop({
      course: this.course,
      memberCheck: new MemberCheck(client, this.facts.program, this.course),
      wait: this.options.wait ?? defaultWait(settle),
      onProgress: (open, waitingUntil) => {
        this.keepReserve();
        this.tell({ phase: waitingUntil === undefined ? 'delivery' : 'waiting', open, waitingUntil });
      },
    });
    this.keepReserve();
    await loop.run();
  }

  /** The daily calls are shared with everybody else in the org. */
  private keepReserve(): void {
    const usage = this.options.client.apiUsage;
    if (!usage || !this.reserveReached()) return;
    this.course.stop({
      code: 'RESERVE_REACHED',
      message: `The org has used ${usage.used} of its ${usage.limit} daily API calls; ${this.options.reserve ?? 0} are kept in reserve.`,
      action: 'Resume the run when the org has more calls left.',
    });
  }

  private reserveReached(): boolean {
    const { client, reserve = defaults.reserve } = this.options;
    const usage = client.apiUsage;
    return usage !== undefined && reserve > 0 && usage.limit - usage.used <= reserve;
  }

  private async ending(): Promise<RunEnding> {
    if (this.options.signal?.aborted) return 'interrupted';
    if ((await this.options.outbox.delivery.open()) === 0) return 'complete';
    return this.course.stopped ? 'stopped' : 'unfinished';
  }

  private async report(stopped?: StopReason): Promise<SyncReport> {
    const run = await this.options.outbox.runs.find(this.run.id);
    return makeReport(this.options.outbox, run ?? this.run, stopped);
  }

  private tell(news: Partial<SyncProgress>): void {
    const { settled, requests } = this.course;
    Object.assign(this.progress, { waitingUntil: undefined, settled, requests }, news);
    this.options.onProgress?.({ ...this.progress });
  }
}
