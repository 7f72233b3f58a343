import type { MonotonicClock } from '../../base/clock.js';
import { ReadingAborted } from '../bytes/byteChunks.js';
import { DatabaseConnection } from './databaseConnection.js';
import type { Select } from './databaseConnection.js';
import { databaseError, mayAnswerLater } from './feedDatabaseErrors.js';
import type { ReadDatabase } from './feedDatabaseErrors.js';

export interface SessionOptions {
  readonly clock: MonotonicClock;
  /** Milliseconds for which a question is asked again when the server or the network is in trouble. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
}

const firstPause = 100;
const longestPause = 5000;

/** Asks a database, and connects again when the connection is lost. */
export class DatabaseSession implements AsyncDisposable {
  readonly #read: ReadDatabase;
  readonly #options: SessionOptions;
  #connection: DatabaseConnection | undefined;
  #isOver = false;

  constructor(read: ReadDatabase, options: SessionOptions) {
    this.#read = read;
    this.#options = options;
  }

  /**
   * Runs work that can be repeated.
   * @throws {FeedError} if it fails for good, or for longer than the patience
   * @throws {ReadingAborted} as soon as the signal aborts
   */
  async reading<T>(work: (select: Select) => Promise<T>): Promise<T> {
    const { clock, patience, signal } = this.#options;
    const givenUpAt = clock.monotonic() + patience;
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        return await this.#unlessAborted(async () => (await this.#connected()).reading(work));
      } catch (error) {
        if (error instanceof ReadingAborted) throw error;
        await this.#drop();
        if (!mayAnswerLater(error) || clock.monotonic() + pause > givenUpAt) throw databaseError(error, this.#read);
      }
      await clock.sleep(pause, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#drop();
  }

  async #drop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #connected(): Promise<DatabaseConnection> {
    if (this.#connection?.isBroken === true) await this.#drop();
    const connection = this.#connection ?? (await DatabaseConnection.open(this.#read.address));
    this.#connection = connection;
    // The reading may have been aborted while the connection was made.
    if (this.#isOver) await this.#drop();
    return connection;
  }

  /** A statement may take a minute, but nobody waits for it after the abort. */
  async #unlessAborted<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this.#options;
    if (signal === undefined) return work();
    if (signal.aborted) throw new ReadingAborted();
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(new ReadingAborted());
    signal.addEventListener('abort', abort);
    try {
      return await Promise.race([work(), aborted.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}
