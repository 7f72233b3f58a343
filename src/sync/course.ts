import type { Clock } from '../base/clock.js';
import type { Delivery, Outcome } from '../outbox/index.js';
import { attempt, stopReason, waitAfter, type StopReason } from './attempt.js';
import type { Journals } from './journals.js';
import type { Pace } from './pace.js';

export interface CourseOptions {
  readonly journals: Journals;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Milliseconds until a request without an answer has certainly been carried out or not. */
  readonly settleWindow: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the parts of a delivery share: the two sides, the pace, how far it has come, and whether it must end. */
export class Course {
  public readonly journals: Journals;
  public readonly delivery: Delivery;
  public readonly pace: Pace;
  public readonly clock: Clock;
  public readonly settleWindow: number;
  public readonly signal: AbortSignal | undefined;
  /** Requests with journals that this process has sent. */
  public requests = 0;
  /** Items that this process brought to their end. */
  public settled = 0;
  /** When something last came to its end, in milliseconds since the epoch. */
  public progressedAt: number;
  private reason: StopReason | undefined;

  public constructor(options: CourseOptions) {
    this.journals = options.journals;
    this.delivery = options.delivery;
    this.pace = options.pace;
    this.clock = options.clock;
    this.settleWindow = options.settleWindow;
    this.signal = options.signal;
    this.progressedAt = options.clock.now();
  }

  public get stopped(): StopReason | undefined {
    return this.reason;
  }

  /** Nothing new may be sent; what is under way is settled. */
  public get isOver(): boolean {
    return this.reason !== undefined || this.signal?.aborted === true;
  }

  /** Ends the run in good order. The first reason stays. */
  public stop(reason: StopReason): void {
    this.reason ??= reason;
  }

  public async settle(outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.delivery.settle(outcomes);
    this.progressed(outcomes.filter(({ to }) => to === 'done' || to === 'refused').length);
  }

  /** So many items have come to their end. */
  public progressed(items: number): void {
    if (items === 0) return;
    this.settled += items;
    this.progressedAt = this.clock.now();
  }

  /**
   * Asks the org what may be asked again. Undefined when there is no answer: what is asked again waits until the org is
   * out of trouble, and a question that the org refuses ends the run, since it would be refused for ever.
   */
  public async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    const asked = await attempt(1, question);
    if ('answer' in asked) {
      this.pace.reached();
      return asked.answer;
    }
    const { failure } = asked;
    const { kind, code, message } = failure;
    const reason = kind === 'refused' ? { code: code ?? 'REFUSED', message } : stopReason(failure);
    if (reason) this.stop(reason);
    else this.pace.failed(waitAfter(failure));
    return undefined;
  }
}
