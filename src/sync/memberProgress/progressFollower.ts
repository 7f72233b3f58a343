import type { MonotonicClock } from '../../base/clock.js';
import type { BareOutcome, RunNote } from '../../outbox/index.js';
import { definedValues } from '../../base/definedValues.js';
import { counted } from '../../base/text/counted.js';
import { calling } from '../syncWatch.js';
import { memberProgressDefaults } from './memberProgressOptions.js';
import type { MemberProgressOptions } from './memberProgressOptions.js';
import { ProgressReader } from './progressReader.js';
import type { ReaderOptions } from './progressReader.js';
import { ThresholdTeller } from './thresholdTeller.js';
import { WaitingLoop } from './waitingLoop.js';

export type FollowerContext = Omit<ReaderOptions, 'thresholds' | 'every' | 'readAgain' | 'onReading'>;

/** Milliseconds that a delivery waits at most for the first reading of members that it has just looked up. */
const firstWait = 5000;

/**
 * Follows the progress of the members whose transactions a run delivers: reads it when transactions are done, and tells
 * what has changed and which thresholds were crossed. The delivery does not wait for it, except for the first reading of
 * a member, which is made while the member is looked up.
 */
export class ProgressFollower {
  readonly #context: FollowerContext;
  readonly #clock: MonotonicClock;
  readonly #lastWait: number;
  readonly #reader: ProgressReader;
  readonly #teller: ThresholdTeller;
  readonly #reading: WaitingLoop;
  readonly #telling: WaitingLoop;

  constructor(options: MemberProgressOptions, context: FollowerContext) {
    const { every, readAgain, lastWait, tellAgain, handlerTimeout } = {
      ...memberProgressDefaults,
      ...definedValues(options),
    };
    const { clock, followed } = context;
    this.#context = context;
    this.#clock = clock;
    this.#lastWait = lastWait;
    const thresholds = [...new Set(options.thresholds)].sort((a, b) => a - b);
    this.#reader = new ProgressReader({
      ...context,
      ...{ thresholds, every, readAgain },
      onReading: ({ changed }) => {
        if (changed.length > 0) calling('memberProgress.onProgress', options.onProgress, changed);
      },
    });
    this.#teller = new ThresholdTeller({
      ...{ followed, clock, tellAgain, handlerTimeout },
      onThreshold: options.onThreshold,
    });
    this.#reading = new WaitingLoop(clock, () => this.#read());
    this.#telling = new WaitingLoop(clock, () => this.#teller.tell());
  }

  /** Begins the work of a process, also with what an earlier one has left. Called before anything is delivered. */
  async begin(): Promise<void> {
    await this.#context.followed.begin();
    this.#reading.start();
    this.#telling.start();
  }

  /** Returns the members whose progress these outcomes may change: what was found in the org is from long ago. */
  touchedBy(outcomes: readonly BareOutcome[]): string[] {
    return outcomes.flatMap((outcome) =>
      outcome.to === 'done' && !outcome.found && outcome.cancelled !== true ? outcome.item.member : [],
    );
  }

  /** Outcomes are on disk. */
  wake(): void {
    this.#reading.wake();
  }

  /**
   * Begins the first reading of members that are being looked up. Returns what stores it, when it is known which of them
   * exist, and must be awaited before anything is sent for them.
   */
  readFirst(members: readonly string[]): (found: readonly string[]) => Promise<void> {
    const reading = this.#reader.readFirst(members);
    // It may be that nobody waits for it.
    reading.catch(() => undefined);
    return async (found) => {
      const enough = new AbortController();
      const late = this.#clock.sleep(firstWait, enough.signal).then(() => undefined);
      const store = await Promise.race([reading, late]);
      enough.abort();
      await store?.(found);
    };
  }

  /**
   * Reads what was touched, tells what was crossed, and ends. What cannot be read or told now is left to the next process.
   * @returns what a person should know about that
   * @throws {Error} of the outbox
   */
  async end(signal: AbortSignal | undefined): Promise<RunNote[]> {
    await this.#reading.end();
    await this.#readRest(signal);
    await this.#telling.end();
    while (signal?.aborted !== true) {
      const pause = await this.#teller.tell();
      if (pause === undefined) break;
      await this.#clock.sleep(pause, signal);
    }
    return this.#notes();
  }

  /** Ends at once, because the run has failed. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#reading.end(), this.#telling.end()]);
  }

  async #readRest(signal: AbortSignal | undefined): Promise<void> {
    const until = this.#clock.monotonic() + this.#lastWait;
    while (signal?.aborted !== true && !this.#reader.hasGivenUp) {
      const next = await this.#reader.nextAt();
      if (next === undefined || next > until) return;
      await this.#clock.sleep(Math.max(0, next - this.#clock.monotonic()), signal);
      await this.#reader.read();
      this.#telling.wake();
    }
  }

  async #read(): Promise<number | undefined> {
    const next = await this.#reader.nextAt();
    if (next === undefined) return undefined;
    const pause = next - this.#clock.monotonic();
    if (pause > 0) return pause;
    await this.#reader.read();
    this.#telling.wake();
    return 0;
  }

  #notes(): RunNote[] {
    const notes: RunNote[] = [];
    const { failure } = this.#reader;
    if (failure)
      notes.push({
        code: 'progress-unread',
        message: `The progress of members could not be read: ${failure.message} The next run reads it.`,
      });
    const { size } = this.#teller.givenUp;
    if (size > 0)
      notes.push({
        code: 'thresholds-untold',
        message: `${counted(size, 'threshold')} could not be told, because the handler failed: ${this.#teller.latestError} The next run tells them again.`,
      });
    return notes;
  }
}
