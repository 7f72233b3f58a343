import { systemClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { JournalTarget } from '../feed/index.js';
import type { Run, RunEnding } from '../outbox/index.js';
import { CallBudget } from './callBudget.js';
import { DeliveryLoop } from './deliveryLoop.js';
import { memberWork } from './enrollment/memberWork.js';
import { DeliveryState } from './deliveryState.js';
import { draftReady } from './draftReady.js';
import { fillJournalIds } from './fillJournalIds.js';
import type { FirstMembers } from './firstMembers.js';
import { finalCheck, notProved } from './finalCheck.js';
import type { GuardStart, SourceGuard } from './guard/sourceGuard.js';
import { OrgJournals } from './orgJournals.js';
import { sendingOfRun } from './relay/sendingOfRun.js';
import { PackingChoice } from './packingChoice.js';
import { PackingRule } from './packingRule.js';
import { ProgressFollower } from './memberProgress/progressFollower.js';
import { Pace } from './pace.js';
import type { Patience } from './patientReads.js';
import type { SyncPlan } from './syncPlan.js';
import { BulkSender } from './bulk/bulkSender.js';
import { targetOfRoute } from './routes/chooseRoute.js';
import { routeLimits } from './routes/routeLimits.js';
import { routeParts } from './routes/routeParts.js';
import type { RouteParts } from './routes/routeParts.js';
import { noteChanged } from './confirmationCheck.js';
import type { OrgFacts } from './preflight.js';
import { failureReason, keyNotInOrg, restUnread, runEnding, unanswered } from './runEndings.js';
import { defaults, defaultWait } from './syncOptions.js';
import type { SyncOptions, SyncProgress } from './syncOptions.js';
import type { RunFeeds } from './runFeeds.js';
import { makeReport } from './syncReport.js';
import { foundTwice, SyncWatch } from './syncWatch.js';
import type { SyncReport } from './syncReport.js';
import { IntakeFlow } from './intakeFlow.js';
import { endingFlow } from './rowFlow.js';
import type { RowFlow } from './rowFlow.js';

/** What a run starts with. */
export interface RunStart {
  readonly facts: OrgFacts;
  readonly run: Run;
  readonly guard: SourceGuard;
  readonly start: GuardStart;
  /** Members that were looked for before the run began. */
  readonly first?: FirstMembers | undefined;
}

/** What one process does of a run. */
export class SyncRun {
  readonly #options: SyncOptions;
  readonly #facts: OrgFacts;
  readonly #run: Run;
  readonly #guard: SourceGuard;
  readonly #start: GuardStart;
  readonly #first: FirstMembers | undefined;
  readonly #state: DeliveryState;
  readonly #patience: Patience;
  readonly #limits: ReturnType<typeof routeLimits>;
  readonly #bulk: BulkSender;
  readonly #route: RouteParts;
  readonly #watch: SyncWatch;
  readonly #follower: ProgressFollower | undefined;
  readonly #target: JournalTarget;
  readonly #rule = new PackingRule();
  readonly #budget: CallBudget;
  readonly #choice: PackingChoice;
  readonly #progress: { -readonly [K in keyof SyncProgress]: SyncProgress[K] };

  constructor(options: SyncOptions, { facts, run, guard, start, first }: RunStart) {
    this.#options = options;
    this.#watch = new SyncWatch(options);
    this.#facts = facts;
    this.#run = run;
    this.#guard = guard;
    this.#start = start;
    this.#first = first;
    const { route = defaults.route, settle = defaults.settle, clock = systemClock, signal } = options;
    this.#limits = routeLimits(options);
    const random = options.random ?? seededRandom(clock.now());
    const sending = sendingOfRun(options, facts.program);
    const journals = new OrgJournals(options.client, facts, sending);
    this.#route = routeParts(options, facts, journals);
    const pace = new Pace({ ...this.#limits, concurrency: () => sending.connections }, clock, random);
    this.#budget = new CallBudget(options.client, options.reserve ?? defaults.reserve);
    this.#follower =
      options.memberProgress &&
      new ProgressFollower(options.memberProgress, {
        ...{ orgId: facts.orgId, programId: facts.programId, program: facts.program, run: run.id },
        ...{ client: options.client, followed: options.outbox.followed, budget: this.#budget, pace, clock },
        ownPace: new Pace({ concurrency: 1, batchSize: 1 }, clock, random),
      });
    this.#state = new DeliveryState({
      journals,
      route: this.#route.route,
      guard,
      absentCountsFrom: start.absentCountsFrom,
      onDoubled: (keys) => this.#markDoubled(keys),
      onChangedFields: async (fields) => {
        journals.leaveOut(fields);
        await noteChanged(options.outbox, run.id, fields);
      },
      delivery: options.outbox.delivery,
      pace,
      clock,
      settleWindow: settle,
      watch: this.#watch,
      follower: this.#follower,
      signal,
    });
    this.#patience = { clock, random, wait: options.wait ?? defaultWait(settle), signal };
    this.#bulk = new BulkSender(this.#state, {
      ...{ ...options, patience: this.#patience },
      ...{ programId: facts.programId, writer: this.#route.writer },
    });
    this.#choice = new PackingChoice({ prefer: this.#limits.prefer, callsLeft: () => this.#budget.left });
    this.#target = targetOfRoute(facts.describe, route, facts.members);
    this.#progress = { run: run.id, phase: 'intake', read: 0, settled: 0, open: 0, requests: 0 };
  }

  /** Reads, delivers and reports. The caller holds the lock. */
  async complete(feeds: RunFeeds): Promise<SyncReport> {
    try {
      await this.#note(feeds);
      await this.#follower?.begin();
      const flow = this.#flowOf(feeds);
      await endingFlow(flow, async () => {
        // Jobs of a process that has died may still write. Nothing else is looked up or sent before they have ended.
        if (await this.#bulk.adopt()) await this.#deliver(flow);
      });
      const isRead = await flow.wasRead();
      // A service that took nothing more is not done, even if it has delivered what it had taken.
      const hasAll = isRead && flow.isCutOff !== true;
      await this.#lookOnceMore(hasAll);
      const ending = flow.failure ? 'failed' : await this.#ending(feeds, hasAll);
      if (!feeds.live) await this.#noteChoice();
      const unread = feeds.live?.unread ?? restUnread;
      if (!isRead && ending !== 'interrupted') await this.#options.outbox.runs.note(this.#run.id, unread);
      await fillJournalIds(this.#state, () => this.#options.signal?.aborted !== true && !this.#budget.isSpent);
      const untold = await this.#follower?.end(this.#options.signal);
      for (const note of untold ?? []) await this.#options.outbox.runs.note(this.#run.id, note);
      const stopped = ending === 'stopped' ? this.#state.stopped : undefined;
      const reason = flow.failure ? failureReason(flow.failure) : stopped;
      await this.#options.outbox.runs.end(this.#run.id, ending, reason);
    } catch (error) {
      await this.#follower?.abandon();
      await this.#fail(error);
      throw error;
    }
    return this.#report();
  }

  /** Stores why the run failed. If even that cannot be stored, the run looks like one whose process was killed. */
  async #fail(error: unknown): Promise<void> {
    try {
      await this.#options.outbox.runs.end(this.#run.id, 'failed', failureReason(error));
    } catch {
      // The first failure is the one to report.
    }
  }

  /**
   * Reads, asks the org for members and keys, and has the route draft what it would send. Items that are ready afterwards
   * are reported as would be sent, and the first `preview` of them are returned.
   */
  async plan(feeds: RunFeeds, preview: number): Promise<SyncPlan> {
    await this.#note(feeds);
    await this.#flowOf(feeds).readAll((rows) => {
      this.#hasRead(rows);
    });
    await this.#deliver();
    const drafts = await draftReady(this.#state, this.#patience, preview);
    const isCut = this.#options.signal?.aborted === true;
    if (!isCut && (await this.#options.outbox.delivery.nextDue(false)) !== undefined) this.#state.stop(unanswered);
    await this.#options.outbox.runs.end(this.#run.id, isCut ? 'interrupted' : 'planned', this.#state.stopped);
    const shown = drafts.map(({ item: { key, member }, sent }) => ({ key, member, sent }));
    return { report: await this.#report(), preview: shown };
  }

  /** Adds notes to the report about what the guarantee of the run depends on. */
  async #note({ unreadable = [] }: RunFeeds): Promise<void> {
    const { runs } = this.#options.outbox;
    const notes = this.#route.route.leavesNoJournal ? [...this.#start.notes, keyNotInOrg] : this.#start.notes;
    for (const note of notes) await runs.note(this.#run.id, note);
    for (const feed of unreadable) {
      const message = `The rest of the feed ${feed} could not be read: give it again to "sync resume".`;
      await runs.note(this.#run.id, { code: 'feed-unread', message });
    }
    if (this.#start.doubled.length > 0) await this.#markDoubled(this.#start.doubled);
  }

  #flowOf({ feeds, source, lookUpFirst, limit, live }: RunFeeds): RowFlow {
    const { outbox, signal } = this.#options;
    const options = { run: this.#run.id, source, outbox, lookUpFirst, limit, signal, target: this.#target };
    return live?.open({ ...options, stopped: () => this.#state.stopped }) ?? new IntakeFlow(feeds, options);
  }

  #hasRead(rows: number): void {
    this.#count(rows);
    this.#tell({ phase: 'intake' });
  }

  #count(rows: number): void {
    this.#progress.read += rows;
    this.#watch.rows({ run: this.#run.id, rows });
  }

  /** @param flow what is read meanwhile; without it, nothing is sent */
  async #deliver(flow?: RowFlow): Promise<void> {
    const { settle = defaults.settle, mostOpen } = this.#options;
    const { clock } = this.#state;
    const loop = new DeliveryLoop({
      state: this.#state,
      ...memberWork(this.#options, {
        ...{ facts: this.#facts, run: this.#run, state: this.#state },
        ...{ memberIds: this.#route.memberIds, first: this.#first, plans: !flow },
      }),
      rule: this.#rule,
      choice: this.#choice,
      wait: this.#options.wait ?? defaultWait(settle),
      flow,
      mostOpen,
      bulk: this.#options.route === 'bulk' ? this.#bulk : undefined,
      perMember: this.#limits.perMember,
      sends: flow !== undefined,
      onRows: (rows) => this.#count(rows),
      keepReserve: () => void this.#budget.endIfSpent(this.#state),
      onProgress: (open, waiting) => {
        const waitingUntil = waiting === undefined ? undefined : clock.now() + waiting.milliseconds;
        const waitingFor = waiting?.reason;
        const phase = flow?.isOver === false ? 'intake' : 'delivery';
        this.#tell({ phase: waiting === undefined ? phase : 'waiting', open, waitingUntil, waitingFor });
      },
    });
    await loop.run();
  }

  async #noteChoice(): Promise<void> {
    if (this.#rule.requests === 0) return;
    await this.#options.outbox.runs.note(this.#run.id, this.#choice.note(this.#rule));
  }

  async #lookOnceMore(hasAll: boolean): Promise<void> {
    if (this.#budget.endIfSpent(this.#state)) return this.#guard.leave();
    const { outbox, random, signal, settle = defaults.settle } = this.#options;
    const { clock } = this.#state;
    // An unfinished run is resumed anyway, and asks then.
    const isDone = hasAll && !this.#state.isOver && (await outbox.delivery.open()) === 0;
    const wait = isDone ? (this.#options.wait ?? defaultWait(settle)) : 0;
    const patience = { clock, random: random ?? seededRandom(clock.now()), wait, signal };
    const found = await finalCheck(this.#state, this.#guard, patience);
    if (!found || (found.stop === notProved && !isDone)) return;
    this.#state.stop(found.stop);
    await this.#markDoubled(found.doubled);
  }

  async #ending({ unreadable = [] }: RunFeeds, hasAll: boolean): Promise<RunEnding> {
    if (this.#options.signal?.aborted) return 'interrupted';
    const isDone = hasAll && (await this.#options.outbox.delivery.open()) === 0;
    return runEnding(this.#state.stopped, isDone, isDone && unreadable.length === 0);
  }

  async #report(): Promise<SyncReport> {
    const run = await this.#options.outbox.runs.find(this.#run.id);
    return makeReport(this.#options.outbox, run ?? this.#run);
  }

  async #markDoubled(keys: readonly string[]): Promise<void> {
    const { outbox } = this.#options;
    await outbox.delivery.markDoubled(keys, this.#run.id);
    if (!this.#watch.hearsOutcomes) return;
    const items = await Promise.all(keys.map((key) => outbox.find(key)));
    this.#watch.outcomes(items.flatMap((item) => (item?.state === 'doubled' ? foundTwice(item) : [])));
  }

  #tell(news: Partial<SyncProgress>): void {
    const { settled, requests } = this.#state;
    Object.assign(this.#progress, { waitingUntil: undefined, waitingFor: undefined, settled, requests }, news);
    this.#options.onProgress?.({ ...this.#progress });
  }
}
