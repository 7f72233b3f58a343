import type { Clock } from '../base/clock.js';
import type { Delivery, Outcome } from '../outbox/index.js';
import type { Journals } from './journals.js';
import type { Pace } from './pace.js';

/** Why a run ends before its work is done. */
export interface StopReason {
  readonly code: string;
  readonly message: string;
  /** What a person can do about it. */
  readonly action?: string | undefined;
}

export interface CourseOptions {
  readonly journals: Journals;
  readonly delivery: Delivery;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Milliseconds until a request without an answer has certainly been carried out or not. */
  readonly settleWindow: number;
}

/** What the parts of a delivery share: the two sides, the pace, how far it has come, and whether it must end. */
export class Course {
  public readonly journals: Journals;
  public readonly delivery: Delivery;
  public readonly pace: Pace;
  public readonly clock: Clock;
  public readonly settleWindow: number;
  /** Items that this process brought to their end. */
  public settled = 0;
  /** When an item last came to its end, in milliseconds since the epoch. */
  public progressedAt: number;
  private reason: StopReason | undefined;

  public constructor(options: CourseOptions) {
    this.journals = options.journals;
    this.delivery = options.delivery;
    this.pace = options.pace;
    this.clock = options.clock;
    this.settleWindow = options.settleWindow;
    this.progressedAt = options.clock.now();
  }

  public get stopped(): StopReason | undefined {
    return this.reason;
  }

  /** Ends the run in good order: nothing new is sent. The first reason stays. */
  public stop(reason: StopReason): void {
    this.reason ??= reason;
  }

  public async settle(outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.delivery.settle(outcomes);
    const ended = outcomes.filter(({ to }) => to === 'done' || to === 'refused').length;
    if (ended === 0) return;
    this.settled += ended;
    this.progressedAt = this.clock.now();
  }
}
