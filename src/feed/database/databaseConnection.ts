import { readFile } from 'node:fs/promises';
import { checkServerIdentity } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { userInfo } from 'node:os';
import type { Client, ClientConfig, QueryResult } from 'pg';
import { unreadable } from '../feedError.js';
import type { DatabaseAddress } from './databaseAddress.js';
import { filedPassword } from './passwordFile.js';

/** Milliseconds that the server may take for one statement. */
export const statementTimeout = 60_000;

/** Milliseconds for which a statement waits for a lock, such as that of somebody who changes the table. */
const lockTimeout = 20_000;

/** Milliseconds until a connection has been made. */
const connectionTimeout = 10_000;

/** How values are written. They are set for one transaction, because a pooler may give each to another session. */
const settings = [
  `SET LOCAL statement_timeout = ${statementTimeout}`,
  `SET LOCAL lock_timeout = ${lockTimeout}`,
  "SET LOCAL TimeZone = 'UTC'",
  "SET LOCAL DateStyle = 'ISO, YMD'",
  "SET LOCAL IntervalStyle = 'iso_8601'",
  "SET LOCAL bytea_output = 'hex'",
  'SET LOCAL extra_float_digits = 3',
].join(';');

/** One connection that only reads. It is loaded when it is first used. */
export class DatabaseConnection {
  readonly #client: Client;
  #isBroken = false;

  private constructor(client: Client) {
    this.#client = client;
    client.on('error', () => void (this.#isBroken = true));
  }

  /** @throws {Error} of the driver */
  static async open(address: DatabaseAddress): Promise<DatabaseConnection> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({
      ...(await loginOf(address)),
      ssl: await tlsOf(address),
      connectionTimeoutMillis: connectionTimeout,
      // If the network swallows everything, the server's own limit is never heard of.
      query_timeout: statementTimeout + connectionTimeout,
      application_name: 'sf-plugin-loyalty',
      keepAlive: true,
    });
    const connection = new DatabaseConnection(client);
    try {
      await client.connect();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Whether the connection is lost. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /**
   * Runs work in a transaction that can write nothing. Each of its statements sees what is committed by then.
   * @throws {Error} of the driver
   */
  async reading<T>(work: (select: Select) => Promise<T>): Promise<T> {
    try {
      await this.#client.query(`BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY;${settings}`);
      const result = await work((text, values = []) => this.#select(text, values));
      await this.#client.query('COMMIT');
      return result;
    } catch (error) {
      await this.#client.query('ROLLBACK').catch(() => void (this.#isBroken = true));
      throw error;
    }
  }

  /** Ends the connection, even in the middle of a statement. */
  async close(): Promise<void> {
    this.#isBroken = true;
    await this.#client.end().catch(() => undefined);
  }

  /** In the extended protocol, a text can have one statement only. */
  async #select(text: string, values: readonly (string | number)[]): Promise<QueryResult<TextRow>> {
    const query = { text, values: [...values], queryMode: 'extended', types: asTexts };
    return this.#client.query<TextRow>(query);
  }
}

/** What PostgreSQL writes for each column; null for no value. */
export type TextRow = Readonly<Record<string, string | null>>;
export type Select = (text: string, values?: readonly (string | number)[]) => Promise<QueryResult<TextRow>>;

const asTexts = { getTypeParser: () => (text: string) => text };

async function loginOf(address: DatabaseAddress): Promise<ClientConfig> {
  const host = address.host ?? process.env['PGHOST'] ?? 'localhost';
  const port = address.port ?? Number(process.env['PGPORT'] ?? 5432);
  const user = address.user ?? process.env['PGUSER'] ?? userInfo().username;
  const database = address.database ?? process.env['PGDATABASE'] ?? user;
  const password = process.env['PGPASSWORD'] ?? (await filedPassword({ host, port, database, user }));
  // A function keeps the driver from looking for other passwords.
  return { host, port, user, database, password: () => password ?? '' };
}

/** `require` encrypts and trusts every server, as in psql. The others check the certificate. */
async function tlsOf(address: DatabaseAddress): Promise<ConnectionOptions | false> {
  const { sslmode, sslrootcert, sslcert, sslkey } = address;
  if (sslmode === 'disable') return false;
  return {
    rejectUnauthorized: sslmode !== 'require',
    checkServerIdentity: sslmode === 'verify-full' ? checkServerIdentity : () => undefined,
    ca: await certificate(sslrootcert),
    cert: await certificate(sslcert),
    key: await certificate(sslkey),
  };
}

async function certificate(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(`The file ${path}, which the address of the database names,`, error);
  });
}
