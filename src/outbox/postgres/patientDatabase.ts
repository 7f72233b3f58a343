import type { Client, Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { systemClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import { answeredWithin } from './answerLimits.js';
import { hearOnce } from './databaseChannel.js';
import { isDatabaseError, isPassingError, NotConnectedError, wasConnectionLost } from './databaseErrors.js';

/** How long a database may be away, in milliseconds: longer than it takes to restart, or to fail over. */
const usualPatience = 60_000;
/** The same before anything was done: a wrong address should not look like a database that starts. */
const firstPatience = 3000;
const firstPause = 50;
const longestPause = 1000;

/**
 * What is set for every connection, unless the address sets it otherwise. A client that loses its network cannot end its
 * session. Without these limits, the server would keep the session for hours, and its transaction with what it has locked.
 */
const usualSettings = [
  'statement_timeout=60000',
  'idle_in_transaction_session_timeout=60000',
  'tcp_keepalives_idle=30',
  'tcp_keepalives_interval=10',
  'tcp_keepalives_count=3',
];
/** Whatever the server and the address say: what was stored must survive a power failure. */
const durable = 'synchronous_commit=on';

export interface QueryLimits {
  /** How long an answer may take, in milliseconds. After that, the statement runs again on another connection. */
  readonly answer?: number;
  /** How long the database may be away, in milliseconds. Default: as for everything else. */
  readonly patience?: number;
  /** Whether the statement leaves only once. If its answer is lost, nobody knows whether it was carried out. */
  readonly once?: boolean;
}

interface Connections {
  readonly newPool: () => Pool;
  readonly newClient: () => Client;
}

/** A database that may be away for a while. */
export class PatientDatabase {
  readonly #connections: Connections;
  readonly #pool: Pool;
  readonly #outbox: string;
  readonly #usualPatience: number;
  readonly #closing = new AbortController();
  #patience = firstPatience;
  #closed: Promise<void> | undefined;

  private constructor(connections: Connections, outbox: string, patience: number) {
    this.#connections = connections;
    this.#pool = connections.newPool();
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
    const { Client: OpenClient, Pool: OpenPool } = await import('pg');
    const config = {
      ...withSettings(connectionString),
      application_name: 'sf-plugin-loyalty',
      connectionTimeoutMillis: 10_000,
      // A network that swallows what is sent, so that nobody ever answers.
      query_timeout: 70_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    };
    const newPool = (): Pool => {
      const pool = new OpenPool({ ...config, max: 3, allowExitOnIdle: true });
      // A connection that is lost while nobody uses it is replaced by the pool.
      return pool.on('error', () => undefined);
    };
    return new PatientDatabase({ newPool, newClient: () => new OpenClient(config) }, outbox, patience);
  }

  /** Returns the same database with connections of its own, so that nothing has to wait for what is done there. */
  apart(): PatientDatabase {
    return new PatientDatabase(this.#connections, this.#outbox, this.#usualPatience);
  }

  /**
   * Runs one statement. If its answer was lost, it runs again: the statement must be safe to repeat.
   * @throws {OutboxDatabaseError}
   */
  async query<Row extends QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
    { answer, patience, once }: QueryLimits = {},
  ): Promise<QueryResult<Row>> {
    const statement =
      answer === undefined ? { text: sql, values: [...values] } : answeredWithin(answer, sql, [...values]);
    return this.withClient((client) => client.query<Row>(statement), patience, once);
  }

  /**
   * Does work on one connection. If the connection is lost, the work is done again from its beginning on another one.
   * @param patience how long the database may be away, in milliseconds
   * @param once whether the work is done only once on a connection
   * @throws {OutboxDatabaseError}
   */
  async withClient<T>(work: (client: PoolClient) => Promise<T>, patience = this.#patience, once = false): Promise<T> {
    const until = systemClock.monotonic() + patience;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.#once(work);
        this.#patience = this.#usualPatience;
        return result;
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        const cause = error instanceof NotConnectedError ? error.cause : error;
        const isPassing = isPassingError(cause);
        // That one connection is dead, however long it took to find out, does not mean that the database is away.
        const isWorthIt = systemClock.monotonic() < until || (attempt === 1 && wasConnectionLost(error));
        const mayRepeat = !once || error instanceof NotConnectedError;
        const mayWait = isPassing && isWorthIt && mayRepeat && !this.#closing.signal.aborted;
        if (!mayWait) throw new OutboxDatabaseError(this.#outbox, isPassing, cause);
        await systemClock.sleep(Math.min(firstPause * 2 ** (attempt - 1), longestPause), this.#closing.signal);
      }
    }
  }

  /**
   * Calls `hear` at each notification on a channel, and whenever one may have been missed, until the signal or the end of
   * this database, on a connection of its own. One that is lost is replaced.
   */
  async listen(channel: string, hear: () => void, signal: AbortSignal): Promise<void> {
    const end = AbortSignal.any([signal, this.#closing.signal]);
    while (!end.aborted) {
      await hearOnce(this.#connections.newClient(), { channel, hear, signal: end }).catch(() => undefined);
      await systemClock.sleep(longestPause, end);
    }
  }

  /** May be called more than once. */
  close(): Promise<void> {
    this.#closing.abort();
    this.#closed ??= this.#pool.end();
    return this.#closed;
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

/** The client takes the options of an address instead of any others. */
function withSettings(address: string): { readonly connectionString: string; readonly options: string } {
  const url = new URL(address);
  const own = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  const [usual, last] = [usualSettings, [durable]].map((names) => names.map((each) => `-c ${each}`).join(' '));
  return { connectionString: url.href, options: `${usual} ${own} ${last}` };
}
