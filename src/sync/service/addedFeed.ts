import type { Feed } from '../../feed/index.js';
import { isOutboxError } from '../../outbox/index.js';
import { intake } from '../intake.js';
import type { IntakeOptions } from '../intake.js';
import { ServiceClosedError } from './serviceErrors.js';

/** Reads one feed into the outbox, one stretch at a time, beside everything else. */
export class AddedFeed {
  readonly #stretches: AsyncGenerator<number, boolean, void>;
  readonly #end = Promise.withResolvers<number>();
  readonly #changed: () => void;
  readonly #feed: Feed;
  #rows = 0;
  /** Rows that were stored and not told yet. */
  #untold = 0;
  #reading: Promise<void> | undefined;
  #isOver = false;
  #wasRead = false;
  #failure: Error | undefined;

  /** @param changed called when a stretch was stored, and when the feed has ended */
  constructor(feed: Feed, options: IntakeOptions, changed: () => void) {
    this.#feed = feed;
    this.#changed = changed;
    this.#stretches = intake(feed, options);
    // Whoever added the feed may not wait for it.
    this.#end.promise.catch(() => undefined);
  }

  /** Resolves with the number of rows when the feed was read to its end. */
  get ended(): Promise<number> {
    return this.#end.promise;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get wasRead(): boolean {
    return this.#wasRead;
  }

  /** A failure of the outbox, which ends the run. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Begins to read the next stretch, unless one is being read. */
  start(): void {
    if (this.#reading || this.#isOver) return;
    this.#reading = this.#next().finally(() => {
      this.#reading = undefined;
      this.#changed();
    });
  }

  /** Returns how many rows were stored since the last call. */
  takeRows(): number {
    const rows = this.#untold;
    this.#untold = 0;
    return rows;
  }

  /** Waits for the stretch that is being read. */
  async finish(): Promise<void> {
    await this.#reading;
    if (!this.#isOver) await this.#stretches.return(false);
    this.#isOver = true;
    this.#end.reject(new ServiceClosedError(`The feed ${this.#feed.name} was not read to its end.`));
  }

  async #next(): Promise<void> {
    try {
      const { done, value } = await this.#stretches.next();
      if (done === true) this.#over(value);
      else {
        this.#rows += value;
        this.#untold += value;
      }
    } catch (error) {
      this.#isOver = true;
      if (isOutboxError(error)) this.#failure = error as Error;
      this.#end.reject(error);
    }
  }

  #over(wasRead: boolean): void {
    this.#isOver = true;
    this.#wasRead = wasRead;
    if (wasRead) this.#end.resolve(this.#rows);
    else this.#end.reject(new ServiceClosedError(`The feed ${this.#feed.name} was not read to its end.`));
  }
}
