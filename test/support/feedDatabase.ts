import { Client } from 'pg';
import type { MonotonicClock } from '../../src/base/clock.js';
import { parseMapping } from '../../src/feed/index.js';
import type { Mapping } from '../../src/feed/index.js';
import type { PostgresServer } from './postgresServer.js';

/** A table as a till writes it. */
export const purchasesTable = `
  CREATE TABLE purchases (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    card text NOT NULL DEFAULT 'M1',
    at timestamptz NOT NULL DEFAULT '2026-04-02T09:15:00Z',
    amount numeric NOT NULL DEFAULT 1
  )`;

/** The mapping of that table. @param database the section `database` of the mapping, as YAML in one line */
export function purchasesMapping(database = '{ table: purchases, orderBy: id }', fields = ''): Mapping {
  const text = `
source: till
database: ${database}
key: id
member: card
journal:
  ActivityDate: at
  JournalTypeName: { value: Accrual }
  TransactionAmount: { number: amount }
${fields}`;
  return parseMapping(text, 'map.yml');
}

/** A new database, and connections to it that end with it. */
export class FeedDatabase implements AsyncDisposable {
  readonly url: string;
  readonly #clients: Client[] = [];
  #own: Client | undefined;

  private constructor(url: string) {
    this.url = url;
  }

  static async create(server: PostgresServer, sql = purchasesTable): Promise<FeedDatabase> {
    const database = new FeedDatabase(await server.createDatabase());
    await database.run(sql);
    return database;
  }

  async run(sql: string): Promise<Record<string, unknown>[]> {
    this.#own ??= await this.connect();
    return (await this.#own.query<Record<string, unknown>>(sql)).rows;
  }

  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url });
    // A server that ends ends its connections, too.
    client.on('error', () => undefined);
    await client.connect();
    this.#clients.push(client);
    return client;
  }

  /** Ends all connections, and begins with other tables. */
  async reset(sql = purchasesTable): Promise<void> {
    await this[Symbol.asyncDispose]();
    await this.run(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; ${sql}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients.splice(0)) await client.end().catch(() => undefined);
    this.#own = undefined;
  }
}

/** Time passes only while somebody sleeps. @param slept called in each sleep */
export function sleepingClock(slept: (ms: number) => unknown = () => undefined): MonotonicClock {
  let time = 0;
  return {
    now: () => time,
    monotonic: () => time,
    sleep: async (ms) => {
      time += ms;
      await slept(ms);
    },
  };
}
