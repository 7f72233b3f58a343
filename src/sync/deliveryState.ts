import type { MonotonicClock } from '../base/clock.js';
import type { Delivery, ItemFailure, Outcome } from '../outbox/index.js';
import { attempt, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure, StopReason } from './attempt.js';
import type { SourceGuard } from './guard/sourceGuard.js';
import { EveryRowWatch } from './everyRowWatch.js';
import type { OrgJournals } from './orgJournals.js';
import { control } from './positiveControl.js';
import type { ControlResult } from './positiveControl.js';
import type { Pace } from './pace.js';

export interface DeliveryContext {
  readonly journals: OrgJournals;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: MonotonicClock;
  /** Milliseconds until a request without an answer has certainly been carried out or not. */
  readonly settleWindow: number;
  /** Run journals that the org holds as Pending, although this outbox never sent them. */
  readonly runPending: boolean;
  readonly guard: SourceGuard;
  /** A key that the org does not show is absent only from this time of the monotonic clock on. */
  readonly absentCountsFrom: number;
  /** Stores keys that the org has more than once. */
  readonly onDoubled: (keys: readonly string[]) => Promise<unknown>;
  /** Stores content fields that the org changes. */
  readonly onChangedFields: (fields: readonly string[]) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** A question to the org had no answer. */
export interface Unanswered {
  readonly failure: ItemFailure;
}

/** What the parts of a delivery share: the two sides, the pace, how far it has come, and whether it must end. */
export class DeliveryState {
  readonly journals: OrgJournals;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: MonotonicClock;
  readonly settleWindow: number;
  readonly runPending: boolean;
  readonly absentCountsFrom: number;
  readonly #guard: SourceGuard;
  readonly #onChangedFields: (fields: readonly string[]) => Promise<void>;
  readonly #onDoubled: DeliveryContext['onDoubled'];
  #inFlight = 0;
  #isControlled = false;
  /** What the org has confirmed to the first request, while it has not answered whether it shows it. */
  #uncontrolled: readonly Outcome[] = [];
  readonly signal: AbortSignal | undefined;
  #requests = 0;
  #settled = 0;
  #progressedAt: number;
  #reason: StopReason | undefined;
  readonly #everyRow = new EveryRowWatch();

  constructor(context: DeliveryContext) {
    this.journals = context.journals;
    this.delivery = context.delivery;
    this.pace = context.pace;
    this.clock = context.clock;
    this.settleWindow = context.settleWindow;
    this.runPending = context.runPending;
    this.absentCountsFrom = context.absentCountsFrom;
    this.#guard = context.guard;
    this.#onChangedFields = context.onChangedFields;
    this.#onDoubled = context.onDoubled;
    this.signal = context.signal;
    this.#progressedAt = context.clock.monotonic();
  }

  /** Requests with journals that this process has sent. */
  get requests(): number {
    return this.#requests;
  }

  /** Items that this process brought to their end, or to a person. */
  get settled(): number {
    return this.#settled;
  }

  /** When something last came to its end, by the monotonic clock. */
  get progressedAt(): number {
    return this.#progressedAt;
  }

  get stopped(): StopReason | undefined {
    return this.#reason;
  }

  /** Nothing new may be sent; what is under way is settled. */
  get isOver(): boolean {
    return this.#reason !== undefined || this.signal?.aborted === true;
  }

  /** Ends the run in good order. The first reason stays. */
  stop(reason: StopReason): void {
    this.#reason ??= reason;
  }

  /** Requests without an item in common were refused: a refusal that every row would meet ends the run. */
  refusedAlone(failures: readonly Failure[]): void {
    const reason = this.#everyRow.refused(failures);
    if (reason) this.stop(reason);
  }

  /** Whether the org has shown what it has confirmed: until then one request leaves at a time. */
  get isControlled(): boolean {
    return this.#isControlled;
  }

  /**
   * Whether a request may leave, now that its intent is on disk. What may not leave is told why; a reason that every
   * request would meet ends the run.
   */
  async mayLeave(): Promise<ItemFailure | undefined> {
    const uncontrolled = await this.controlAgain();
    if (uncontrolled) return uncontrolled;
    const asked = await attempt(1, () => this.#guard.mayLeave(this.#inFlight));
    if ('failure' in asked) {
      this.#heed(asked.failure);
      return itemFailure(asked.failure);
    }
    if (asked.answer === 'go') return undefined;
    const { stop, doubled } = asked.answer;
    this.stop(stop);
    await this.#onDoubled(doubled);
    return { code: stop.code, message: stop.message };
  }

  /** So many transactions are under way, or about to be, while `work` goes on: the org may have any of them. */
  async underWay<T>(transactions: number, work: () => Promise<T>): Promise<T> {
    this.#inFlight += transactions;
    try {
      return await work();
    } finally {
      this.#inFlight -= transactions;
    }
  }

  /**
   * The first answered request of a process proves that what the org confirms can be found again. Without an answer,
   * what was confirmed stays done, since nobody could tell it from what is absent later; it is looked up once more
   * before anything else leaves.
   */
  async control(confirmed: readonly Outcome[]): Promise<readonly Outcome[]> {
    const asked = await this.#compare(confirmed);
    if ('answer' in asked) return asked.answer.outcomes;
    this.#uncontrolled = confirmed;
    return confirmed;
  }

  /** The org has confirmed transactions, and has not answered whether it shows them. */
  get hasUncontrolled(): boolean {
    return this.#uncontrolled.length > 0;
  }

  /** Looks up what the org has confirmed and not shown yet. Returns why nothing may leave, if it still does not. */
  async controlAgain(): Promise<ItemFailure | undefined> {
    if (this.#uncontrolled.length === 0) return undefined;
    const asked = await this.#compare(this.#uncontrolled);
    if ('failure' in asked) return asked.failure;
    this.#uncontrolled = [];
    const { outcomes, stop } = asked.answer;
    await this.#onDoubled(outcomes.flatMap(({ to, item }) => (to === 'doubled' ? item.key : [])));
    return stop && { code: stop.code, message: stop.message };
  }

  async #compare(confirmed: readonly Outcome[]): Promise<{ readonly answer: ControlResult } | Unanswered> {
    const asked = await this.ask(() => this.journals.lookUp(confirmed.map(({ item }) => item)));
    if ('failure' in asked) return asked;
    const answer = control(confirmed, asked.answer);
    if (answer.stop) this.stop(answer.stop);
    if (answer.changedFields.length > 0) await this.#onChangedFields(answer.changedFields);
    this.#isControlled = true;
    return { answer };
  }

  requested(): void {
    this.#requests += 1;
  }

  /** The org has carried out a request that took so many milliseconds. */
  answered(milliseconds: number): void {
    this.#everyRow.succeeded();
    this.pace.answered(milliseconds);
  }

  async settle(outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.delivery.settle(outcomes);
    this.progressed(outcomes.filter(({ to }) => to !== 'ready' && to !== 'unknown').length);
  }

  /** So many items have come to their end. */
  progressed(items: number): void {
    if (items === 0) return;
    this.#settled += items;
    this.movedOn();
  }

  /** Something has changed for the better: the run waits from now on anew. */
  movedOn(): void {
    this.#progressedAt = this.clock.monotonic();
  }

  /** When a request that is given up now has certainly been carried out or not. */
  windowFromNow(): number {
    return this.clock.monotonic() + this.settleWindow;
  }

  /**
   * Asks the org what may be asked again. When there is no answer: what is asked again waits until the org is out of
   * trouble, and a question that the org refuses ends the run, since it would be refused for ever.
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
