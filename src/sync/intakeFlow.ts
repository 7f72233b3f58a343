import type { Feed } from '../feed/index.js';
import { intake } from './intake.js';
import type { IntakeOptions } from './intake.js';
import type { RowFlow } from './rowFlow.js';

/** Yields the number of rows after each stretch that was stored. Returns whether everything was read to its end. */
type Stretches = (options: IntakeOptions & { readonly signal: AbortSignal }) => AsyncGenerator<number, boolean, void>;

/**
 * Reads feeds into the outbox while the delivery works. The delivery asks for each stretch when it has nothing else to
 * do, so neither of the two can keep the other from working: on one thread, a stretch takes some milliseconds.
 */
export class IntakeFlow implements RowFlow {
  readonly #stretches: AsyncGenerator<number, boolean, void>;
  readonly #feeds: readonly Feed[];
  readonly #options: IntakeOptions;
  readonly #stop = new AbortController();
  #reading: Promise<number> | undefined;
  #isOver = false;
  #wasRead = false;

  /** @param stretches what is read instead of the feeds; it yields the number of rows after each stretch */
  constructor(feeds: readonly Feed[], options: IntakeOptions, stretches?: Stretches) {
    this.#feeds = feeds;
    this.#options = options;
    const { signal } = this.#stop;
    const either = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
    this.#stretches = (stretches ?? allStretchesOf(feeds))({ ...options, signal: either });
  }

  /** Whether nothing more will be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Returns whether every feed was read to its end, or to the limit, by this process or an earlier one. */
  async wasRead(): Promise<boolean> {
    if (this.#wasRead) return true;
    const { outbox, run } = this.#options;
    for (const { name } of this.#feeds) {
      const progress = await outbox.intake.progress(run, name);
      if (progress?.complete !== true) return false;
    }
    return true;
  }

  /** Whether a stretch is being read now. */
  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /**
   * Reads and stores the next stretch. Returns the number of its rows.
   * @throws {Error} if the feed cannot be read
   */
  readOn(): Promise<number> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Reads everything, one stretch after the other. */
  async readAll(onRows: (rows: number) => void): Promise<void> {
    while (!this.#isOver) onRows(await this.#read());
  }

  /** Ends reading after the stretch that is being read. Whoever asked for it gets its error. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#reading?.catch(() => undefined);
    await this.#stretches.return(false);
    this.#isOver = true;
  }

  async #read(): Promise<number> {
    try {
      const { done, value } = await this.#stretches.next();
      if (done !== true) return value;
      this.#wasRead = value;
    } catch (error) {
      this.#isOver = true;
      throw error;
    }
    this.#isOver = true;
    return 0;
  }
}

function allStretchesOf(feeds: readonly Feed[]): Stretches {
  return async function* (options) {
    for (const feed of feeds) if (!(yield* intake(feed, options))) return false;
    return true;
  };
}
