import type { Transaction } from '../../transaction.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOutbox } from './databaseOutbox.js';

/** Bytes of entries that are read at a time. */
const bytesAtOnce = 4 << 20;

/** Transactions that were stored together. */
export interface InboxEntry {
  /** Entries are numbered in the order in which they became visible. */
  readonly number: number;
  readonly transactions: readonly Transaction[];
}

/** How much waits in an inbox. */
export interface InboxBacklog {
  readonly entries: number;
  /** When the oldest one was stored, in milliseconds since the epoch, by the database's clock. Undefined if none waits. */
  readonly oldest: number | undefined;
}

/**
 * What was handed in for a shared outbox, by any machine, and waits for the one that delivers. It is on disk, but what it
 * is, such as a conflict, is decided when it is taken.
 *
 * The one that delivers takes entries in their order: it stores their transactions in the outbox and removes them then.
 * If it dies in between, they are taken again, and the outbox knows their keys.
 */
export class PostgresInbox {
  readonly #outbox: DatabaseOutbox;

  private constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  /**
   * Opens the inbox of the outbox at an address, which is created if it does not exist.
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async open(address: string): Promise<PostgresInbox> {
    return new PostgresInbox(await openDatabaseOutbox(address, { creates: true }));
  }

  /** The address of its outbox, without the password. */
  get name(): string {
    return this.#outbox.name;
  }

  /**
   * Stores an entry. It is on disk when this resolves. After a lost answer it may be there twice, which changes nothing.
   * @throws {OutboxDatabaseError}
   */
  async add(transactions: readonly Transaction[]): Promise<void> {
    const { database, id } = this.#outbox;
    // The row of the head is locked until the commit, so that no entry becomes visible before one with a smaller number.
    await database.query(
      `WITH head AS (
         INSERT INTO loyalty_outbox.inbox_head (outbox, number) VALUES ($1, 1)
         ON CONFLICT (outbox) DO UPDATE SET number = inbox_head.number + 1 RETURNING number)
       INSERT INTO loyalty_outbox.inbox (outbox, number, transactions) SELECT $1, number, $2 FROM head`,
      [id, JSON.stringify(transactions)],
    );
  }

  /** Returns the first entries, in their order: no more than about 4 MiB of them, but always one. */
  async first(limit: number): Promise<readonly InboxEntry[]> {
    const { database, id } = this.#outbox;
    const { rows } = await database.query<{ number: string; transactions: string }>(
      `SELECT number, transactions FROM (
         SELECT *, sum(octet_length(transactions)) OVER (ORDER BY number) - octet_length(transactions) AS before
         FROM (SELECT number, transactions FROM loyalty_outbox.inbox WHERE outbox = $1 ORDER BY number LIMIT $2) AS first
       ) AS sized WHERE before < $3 ORDER BY number`,
      [id, limit, bytesAtOnce],
    );
    return rows.map(({ number, transactions }) => ({
      number: Number(number),
      transactions: JSON.parse(transactions) as Transaction[],
    }));
  }

  /** Removes the entries up to a number, because the outbox has their transactions. */
  async remove(upTo: number): Promise<void> {
    const { database, id } = this.#outbox;
    await database.query('DELETE FROM loyalty_outbox.inbox WHERE outbox = $1 AND number <= $2', [id, upTo]);
  }

  async backlog(): Promise<InboxBacklog> {
    const { database, id } = this.#outbox;
    const { rows } = await database.query<{ entries: string; oldest: Date | null }>(
      'SELECT count(*) AS entries, min(stored_at) AS oldest FROM loyalty_outbox.inbox WHERE outbox = $1',
      [id],
    );
    return { entries: Number(rows[0]?.entries), oldest: rows[0]?.oldest?.getTime() };
  }

  async close(): Promise<void> {
    await this.#outbox.database.close();
  }
}
