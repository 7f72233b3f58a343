import type { MonotonicClock } from '../base/clock.js';
import type {
  BareItem,
  BareOutcome,
  Delivery,
  DoneJournal,
  ItemFailure,
  Outcome,
  OutboxItem,
  PreparedDone,
} from '../outbox/index.js';
import { attempt, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure, StopReason } from './attempt.js';
import type { SourceGuard } from './guard/sourceGuard.js';
import { DoubtWindows } from './doubtWindows.js';
import { EveryRowWatch } from './everyRowWatch.js';
import { InFlight } from './inFlight.js';
import type { OrgJournals } from './orgJournals.js';
import { checkConfirmed } from './confirmationCheck.js';
import type { ConfirmationResult } from './confirmationCheck.js';
import type { ProgressFollower } from './memberProgress/progressFollower.js';
import type { Pace } from './pace.js';
import type { Route } from './routes/route.js';
import type { SyncWatch } from './syncWatch.js';

export interface DeliveryContext {
  readonly journals: OrgJournals;
  readonly route: Route;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: MonotonicClock;
  /** Milliseconds after which a request without an answer has certainly been carried out or not. */
  readonly settleWindow: number;
  readonly guard: SourceGuard;
  /** From this time of the monotonic clock on, a key that the org does not show is absent. */
  readonly absentCountsFrom: number;
  /** Stores keys that the org has more than once. */
  readonly onDoubled: (keys: readonly string[]) => Promise<unknown>;
  /** Stores the names of content fields that the org changes. */
  readonly onChangedFields: (fields: readonly string[]) => Promise<void>;
  readonly watch: SyncWatch;
  readonly follower?: ProgressFollower | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A question that the org did not answer. */
export interface Unanswered {
  readonly failure: ItemFailure;
}

/**
 * What the parts of a delivery share: the outbox and the org, the pace, the progress, and whether the delivery must
 * end.
 */
export class DeliveryState {
  readonly journals: OrgJournals;
  readonly route: Route;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: MonotonicClock;
  readonly settleWindow: number;
  readonly absentCountsFrom: number;
  readonly doubts: DoubtWindows;
  readonly watch: SyncWatch;
  readonly follower: ProgressFollower | undefined;
  readonly #guard: SourceGuard;
  readonly #onChangedFields: (fields: readonly string[]) => Promise<void>;
  readonly #onDoubled: DeliveryContext['onDoubled'];
  readonly #inFlight = new InFlight();
  #storing = 0;
  #isControlled = false;
  /** What the org has confirmed to the first request, until it shows it. */
  #uncontrolled: readonly Outcome[] = [];
  readonly signal: AbortSignal | undefined;
  #requests = 0;
  #settled = 0;
  #progressedAt: number;
  #reason: StopReason | undefined;
  readonly #everyRow = new EveryRowWatch();

  constructor(context: DeliveryContext) {
    this.journals = context.journals;
    this.route = context.route;
    this.delivery = context.delivery;
    this.pace = context.pace;
    this.clock = context.clock;
    this.settleWindow = context.settleWindow;
    this.doubts = new DoubtWindows(context.settleWindow);
    this.absentCountsFrom = context.absentCountsFrom;
    this.watch = context.watch;
    this.follower = context.follower;
    this.#guard = context.guard;
    this.#onChangedFields = context.onChangedFields;
    this.#onDoubled = context.onDoubled;
    this.signal = context.signal;
    this.#progressedAt = context.clock.monotonic();
    this.#isControlled = context.route.leavesNoJournal === true;
  }

  /** Requests with journals that this process has sent. */
  get requests(): number {
    return this.#requests;
  }

  /** Items that this process has settled, or that now wait for a person. */
  get settled(): number {
    return this.#settled;
  }

  /** Time of the latest progress, by the monotonic clock. */
  get progressedAt(): number {
    return this.#progressedAt;
  }

  get stopped(): StopReason | undefined {
    return this.#reason;
  }

  /** True if nothing new may be sent. Requests in progress are still settled. */
  get isOver(): boolean {
    return this.#reason !== undefined || this.signal?.aborted === true;
  }

  /** Whether outcomes are being stored. */
  get isStoring(): boolean {
    return this.#storing > 0;
  }

  /** Ends the run cleanly. The first reason is kept. */
  stop(reason: StopReason): void {
    this.#reason ??= reason;
  }

  /**
   * Records refused requests, or items, that have nothing in common. A refusal that every row would meet ends the run.
   * Returns whether these were refused in that way.
   */
  refusedAlone(failures: readonly Failure[]): boolean {
    const reason = this.#everyRow.refused(failures);
    if (reason) this.stop(reason);
    return reason !== undefined;
  }

  /** True if the org has shown what it confirmed. Until then, requests leave one at a time. */
  get isControlled(): boolean {
    return this.#isControlled;
  }

  /**
   * Tells whether a request may leave, after its intent is on disk. If not, returns why. A reason that every request
   * would meet ends the run. Whatever is to be sent must leave at once, because others may hold the outbox later.
   * @param transactions how many it has. Unless given, it counts as a full one
   * @param isNew whether none of them is {@link DeliveryState.underWay} yet
   * @throws {OutboxTakenError} if another process may hold it already: this one may have been stopped meanwhile
   */
  async mayLeave(transactions = this.pace.fullSize, isNew = false): Promise<ItemFailure | undefined> {
    const uncontrolled = await this.controlAgain();
    if (uncontrolled) return uncontrolled;
    const share = Math.min(1, transactions / this.pace.fullSize);
    const asked = await attempt(1, () =>
      this.#guard.mayLeave({ share, isNew, inFlight: (source) => this.#inFlight.of(source) }),
    );
    if ('failure' in asked) {
      this.#heed(asked.failure);
      return itemFailure(asked.failure);
    }
    if (asked.answer === 'go') {
      // It may have waited until nothing is in flight, and the run may have ended meanwhile.
      if (isNew && this.isOver) return ended;
      this.delivery.mustBeOurs();
      return undefined;
    }
    const { stop, doubled } = asked.answer;
    this.stop(stop);
    await this.#onDoubled(doubled);
    return { code: stop.code, message: stop.message };
  }

  /**
   * Counts these transactions as in progress while `work` runs: the org may have any of them.
   * @param items how many, where their keys are not at hand
   */
  underWay<T>(items: readonly BareItem[] | number, work: () => Promise<T>): Promise<T> {
    return this.#inFlight.during(items, work);
  }

  /** Returns what becomes of items that the org has confirmed. The first ones of a process are looked up. */
  async confirmed(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    return this.#isControlled || outcomes.length === 0 ? outcomes : this.#control(outcomes);
  }

  /**
   * Checks after a process's first answered request that what the org confirms can be found. If the org does not
   * answer, confirmed items stay done, because later nobody could tell them from absent ones. They are looked up again
   * before anything else leaves.
   */
  async #control(confirmed: readonly Outcome[]): Promise<readonly Outcome[]> {
    const asked = await this.#compare(confirmed);
    if ('answer' in asked) return asked.answer.outcomes;
    this.#uncontrolled = confirmed;
    return confirmed;
  }

  /** True if the org has confirmed transactions and has not yet answered whether it shows them. */
  get hasUncontrolled(): boolean {
    return this.#uncontrolled.length > 0;
  }

  /**
   * Looks up what the org has confirmed and not shown yet. If it still does not show it, returns why nothing may leave.
   */
  async controlAgain(): Promise<ItemFailure | undefined> {
    if (this.#uncontrolled.length === 0) return undefined;
    const asked = await this.#compare(this.#uncontrolled);
    if ('failure' in asked) return asked.failure;
    this.#uncontrolled = [];
    const { outcomes, stop } = asked.answer;
    await this.#onDoubled(outcomes.flatMap(({ to, item }) => (to === 'doubled' ? item.key : [])));
    return stop && { code: stop.code, message: stop.message };
  }

  async #compare(confirmed: readonly Outcome[]): Promise<{ readonly answer: ConfirmationResult } | Unanswered> {
    const asked = await this.ask(() => this.journals.lookUp(confirmed.map(({ item }) => item)));
    if ('failure' in asked) return asked;
    const answer = checkConfirmed(confirmed, asked.answer);
    if (answer.stop) this.stop(answer.stop);
    if (answer.changedFields.length > 0) await this.#onChangedFields(answer.changedFields);
    this.#isControlled = true;
    this.pace.begun();
    return { answer };
  }

  requested(): void {
    this.#requests += 1;
  }

  /**
   * Records that the org has carried out a request, and how many milliseconds it took.
   * @param isAccepted whether it has accepted any transaction of the request
   */
  answered(milliseconds: number, isAccepted = true): void {
    if (isAccepted) this.#everyRow.succeeded();
    this.pace.answered(milliseconds);
  }

  async settle(all: readonly BareOutcome[]): Promise<void> {
    if (all.length === 0) return;
    const outcomes = this.route.leavesNoJournal ? all.map(withIncrementEnded) : all;
    const touched = this.follower?.touchedBy(outcomes) ?? [];
    this.#storing += 1;
    try {
      await this.delivery.settle(outcomes, touched);
    } finally {
      this.#storing -= 1;
    }
    this.doubts.end(outcomes.filter(({ to }) => to !== 'unknown').map(({ item }) => item.key));
    if (touched.length > 0) this.follower?.wake();
    this.watch.settled(outcomes);
    this.progressed(outcomes.filter(({ to }) => to !== 'ready' && to !== 'unknown').length);
  }

  /**
   * Makes ready what is settled when the org has run these journals. Undefined if it cannot be, or if somebody hears of
   * every outcome.
   */
  async prepareDone(done: readonly DoneJournal[]): Promise<PreparedDone | undefined> {
    return this.#hearsOutcomes ? undefined : this.delivery.prepareDone(done);
  }

  /** Stores that these items are done. Returns false if each has to be settled instead. */
  async settlePrepared(prepared: PreparedDone): Promise<boolean> {
    if (this.#hearsOutcomes) return false;
    this.#storing += 1;
    try {
      if (!(await this.delivery.settlePrepared(prepared))) return false;
    } finally {
      this.#storing -= 1;
    }
    this.progressed(prepared.items);
    return true;
  }

  get #hearsOutcomes(): boolean {
    return this.follower !== undefined || this.watch.hearsOutcomes;
  }

  /** Records that this many items were settled. */
  progressed(items: number): void {
    if (items === 0) return;
    this.#settled += items;
    this.movedOn();
  }

  /** Records progress, which restarts the wait of the run. */
  movedOn(): void {
    this.#progressedAt = this.clock.monotonic();
  }

  /** Returns the time at which a request that is given up now has certainly been carried out or not. */
  windowFromNow(): number {
    return this.clock.monotonic() + this.settleWindow;
  }

  /** Begins the doubt about the items of a request that is given up now. Returns when they are looked up first. */
  doubt(items: readonly OutboxItem[]): number {
    return this.doubts.begin(items, this.clock.monotonic());
  }

  /**
   * Asks the org a question that can be repeated. Without an answer, the question waits until the org is out of
   * trouble. A refused question ends the run, because the org would refuse it every time.
   */
  async ask<T>(question: () => Promise<T>): Promise<{ readonly answer: T } | Unanswered> {
    const asked = await attempt(1, question);
    if ('answer' in asked) {
      this.pace.reached();
      return asked;
    }
    this.#heed(asked.failure);
    return { failure: itemFailure(asked.failure) };
  }

  #heed(failure: Failure): void {
    const { kind, code, message } = failure;
    const reason = kind === 'refused' ? { code: code ?? 'REFUSED', message } : stopReason(failure);
    if (reason) this.stop(reason);
    else this.pace.failed(waitAfter(failure));
  }
}

/** Why a request that was about to leave was kept back. */
const ended: ItemFailure = { code: 'ENDED', message: 'The run ended before the request left.' };

/** Only the route that sends increments can find out that one has not counted. What never left proves nothing. */
function withIncrementEnded(outcome: BareOutcome): BareOutcome {
  const isAbsent = outcome.to === 'refused' || (outcome.to === 'ready' && outcome.neverLeft !== true);
  return isAbsent ? { ...outcome, endsIncrement: true } : outcome;
}
