import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { systemClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import { isDatabaseError, isPassingError, NotConnectedError } from './databaseErrors.js';

/** How long a database may be away, in milliseconds: longer than it takes to restart, or to fail over. */
const usualPatience = 60_000;
/** The same before anything was done: a wrong address should not look like a database that starts. */
const firstPatience = 3000;
const firstPause = 50;
const longestPause = 1000;

/** What is set for every connection. What was stored must survive a power failure, whatever the server is set to. */
const settings = '-c synchronous_commit=on -c statement_timeout=60000';

/** A database that may be away for a while. */
export class PatientDatabase {
  readonly #pool: Pool;
  readonly #outbox: string;
  readonly #usualPatience: number;
  readonly #closing = new AbortController();
  #patience = firstPatience;

  private constructor(pool: Pool, outbox: string, patience: number) {
    this.#pool = pool;
    this.#usualPatience = patience;
    this.#outbox = outbox;
  }

  /**
   * @param outbox what to call it in errors
   * @param patience how long it may be away once it has answered, in milliseconds
   */
  static async open(
    connectionString: string,
    outbox: string,
    patience: number = usualPatience,
  ): Promise<PatientDatabase> {
    // Loaded only for a shared outbox.
    const { Pool: OpenPool } = await import('pg');
    const pool = new OpenPool({
      connectionString,
      options: settings,
      max: 3,
      application_name: 'sf-plugin-loyalty',
      connectionTimeoutMillis: 10_000,
      // A network that swallows what is sent, so that nobody ever answers.
      query_timeout: 70_000,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // A connection that is lost while nobody uses it is replaced by the pool.
    pool.on('error', () => undefined);
    return new PatientDatabase(pool, outbox, patience);
  }

  /**
   * Runs one statement. If its answer was lost, it runs again: the statement must be safe to repeat.
   * @throws {OutboxDatabaseError}
   */
  async query<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<QueryResult<Row>> {
    return this.withClient((client) => client.query<Row>(sql, [...values]));
  }

  /**
   * Does work on one connection. If the connection is lost, the work is done again from its beginning on another one.
   * @throws {OutboxDatabaseError}
   */
  async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const until = systemClock.monotonic() + this.#patience;
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        const result = await this.#once(work);
        this.#patience = this.#usualPatience;
        return result;
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        const cause = error instanceof NotConnectedError ? error.cause : error;
        const isPassing = isPassingError(cause);
        const mayWait = isPassing && systemClock.monotonic() < until && !this.#closing.signal.aborted;
        if (!mayWait) throw new OutboxDatabaseError(this.#outbox, isPassing, cause);
        await systemClock.sleep(pause, this.#closing.signal);
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool.end();
  }

  async #once<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw new NotConnectedError(error);
    });
    // A connection that is lost says so twice: the statement fails, too.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    // What has failed may have left a transaction open.
    let isSound = false;
    try {
      const result = await work(client);
      isSound = true;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(!isSound);
    }
  }
}
