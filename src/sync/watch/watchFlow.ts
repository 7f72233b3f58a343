import { FeedError } from '../../feed/index.js';
import type { Feed, WatchedFeeds, WatchNote } from '../../feed/index.js';
import { intake } from '../intake.js';
import type { IntakeOptions } from '../intake.js';
import { IntakeFlow } from '../intakeFlow.js';
import type { RowFlow } from '../rowFlow.js';
import type { WatchingOptions } from './watchingOptions.js';

/** How a run reads what it watches. */
export type WatchFlowOptions = IntakeOptions & Required<Pick<WatchingOptions, 'flushAfter'>> & WatchingOptions;

/**
 * Reads feeds that come while they are watched for, until the watch ends. A feed that cannot be read leaves the others
 * alone: everything else is read and delivered before the run fails.
 */
export class WatchFlow implements RowFlow {
  readonly flushAfter: number;
  readonly #watched: WatchedFeeds;
  readonly #options: WatchFlowOptions;
  readonly #flow: IntakeFlow;
  #failure: FeedError | undefined;
  #wasRead = false;
  #hasLeft = false;

  constructor(watched: WatchedFeeds, options: WatchFlowOptions) {
    this.#watched = watched;
    this.#options = options;
    this.flushAfter = options.flushAfter;
    this.#flow = new IntakeFlow([], options, (reading) => this.#stretches(reading));
  }

  get isOver(): boolean {
    return this.#flow.isOver;
  }

  get isReading(): boolean {
    return this.#flow.isReading;
  }

  get failure(): FeedError | undefined {
    return this.#failure;
  }

  readOn(): Promise<number> {
    return this.#flow.readOn();
  }

  readAll(onRows: (rows: number) => void): Promise<void> {
    return this.#flow.readAll(onRows);
  }

  end(): Promise<void> {
    return this.#flow.end();
  }

  async wasRead(): Promise<boolean> {
    return this.#wasRead;
  }

  async *#stretches(options: IntakeOptions & { readonly signal: AbortSignal }): AsyncGenerator<number, boolean, void> {
    const { signal } = options;
    try {
      const leave = (): void => void (this.#hasLeft = true);
      for await (const feed of this.#watched.feeds({ signal, tell: (note) => this.#tell(note), leave })) {
        yield* this.#stretchesOf(feed, options);
        if (signal.aborted) return false;
      }
    } catch (error) {
      await this.#failed(error);
    }
    this.#wasRead = this.#failure === undefined && !this.#hasLeft && !signal.aborted;
    return this.#wasRead;
  }

  async *#stretchesOf(feed: Feed, options: IntakeOptions): AsyncGenerator<number, void, void> {
    try {
      if (!(yield* intake(feed, options))) this.#hasLeft = true;
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** Keeps a failure of a feed, so that the others are read. @throws {Error} every other failure */
  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof FeedError)) throw error;
    // The first one is the reason of the run's end.
    if (this.#failure !== undefined) await this.#note({ code: 'feed-unread', message: error.message });
    this.#failure ??= error;
    this.#options.onNote?.({ code: 'feed-unread', message: error.message });
  }

  async #tell(note: WatchNote): Promise<void> {
    const { code, message, isPassing } = note;
    if (isPassing !== true) await this.#note({ code, message });
    this.#options.onNote?.({ code, message });
  }

  #note(note: { readonly code: string; readonly message: string }): Promise<void> {
    const { outbox, run } = this.#options;
    return outbox.runs.note(run, note);
  }
}
