import type { Transaction } from '../../transaction.js';
import type { Inbox, InboxBacklog, InboxEntry } from '../inbox.js';
import type { OutboxOwner } from '../outbox.js';
import { bytesAnswer } from './answerLimits.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOutbox, DatabaseOptions } from './databaseOutbox.js';
import { entryStatement, keyHash } from './inboxEntries.js';
import { claimOutbox } from './outboxOwner.js';
import { StoredFeeds } from './storedFeeds.js';

/** Bytes of entries that are read at a time. */
const bytesAtOnce = 4 << 20;

interface BacklogRow {
  readonly entries: string;
  readonly transactions: string;
  readonly oldest: Date;
  readonly age: number;
}

/**
 * The inbox of a shared outbox.
 *
 * The one that delivers takes entries in their order: it stores their transactions in the outbox and removes them then.
 * If it dies in between, they are taken again, and the outbox knows their keys.
 */
export class PostgresInbox implements Inbox {
  readonly #outbox: DatabaseOutbox;
  /** Files that were handed in as a whole. */
  readonly feeds: StoredFeeds;

  private constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
    this.feeds = new StoredFeeds(outbox);
  }

  /**
   * Opens the inbox of the outbox at an address, which is created if it does not exist.
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async open(address: string, options: Pick<DatabaseOptions, 'patience'> = {}): Promise<PostgresInbox> {
    return new PostgresInbox(await openDatabaseOutbox(address, { ...options, creates: true }));
  }

  get name(): string {
    return this.#outbox.name;
  }

  claim(owner: OutboxOwner): Promise<OutboxOwner> {
    return claimOutbox(this.#outbox, owner);
  }

  async add(transactions: readonly Transaction[]): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const { text, values, bytes } = entryStatement(id, transactions);
    await database.query(text, values, { answer: bytesAnswer(lease, bytes) });
  }

  /** Returns the first entries, in their order: no more than about 4 MiB of them, but always one. */
  async first(limit: number): Promise<readonly InboxEntry[]> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<{ number: string; transactions: string }>(
      `SELECT number, transactions FROM (
         SELECT *, sum(octet_length(transactions)) OVER (ORDER BY number) - octet_length(transactions) AS before
         FROM (SELECT number, transactions FROM loyalty_outbox.inbox
               WHERE outbox = $1 ORDER BY number LIMIT $2) AS first
       ) AS sized WHERE before < $3 ORDER BY number`,
      [id, limit, bytesAtOnce],
      { answer: bytesAnswer(lease, bytesAtOnce) },
    );
    return rows.map(({ number, transactions }) => ({
      number: Number(number),
      transactions: JSON.parse(transactions) as Transaction[],
    }));
  }

  /** Removes the entries up to a number, because the outbox has their transactions. */
  async remove(upTo: number): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const answer = bytesAnswer(lease);
    await database.query('DELETE FROM loyalty_outbox.inbox WHERE outbox = $1 AND number <= $2', [id, upTo], { answer });
  }

  async find(key: string): Promise<Transaction | undefined> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<{ transactions: string }>(
      'SELECT transactions FROM loyalty_outbox.inbox WHERE outbox = $1 AND keys @> ARRAY[$2::bigint] ORDER BY number DESC',
      [id, keyHash(key)],
      { answer: bytesAnswer(lease) },
    );
    return rows
      .flatMap(({ transactions }) => (JSON.parse(transactions) as Transaction[]).reverse())
      .find((transaction) => transaction.key === key);
  }

  async backlog(): Promise<InboxBacklog> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<BacklogRow>(
      `SELECT head.number - first.number + 1 AS entries, stored_at AS oldest,
         head.handed_in - first.handed_in + json_array_length(first.transactions::json) AS transactions,
         extract(epoch FROM clock_timestamp() - stored_at)::float8 * 1000 AS age
       FROM loyalty_outbox.inbox_head AS head CROSS JOIN LATERAL (
         SELECT number, handed_in, stored_at, transactions FROM loyalty_outbox.inbox
         WHERE outbox = head.outbox ORDER BY number LIMIT 1) AS first
       WHERE head.outbox = $1`,
      [id],
      { answer: bytesAnswer(lease) },
    );
    const [row] = rows;
    if (!row) return { entries: 0, transactions: 0, oldest: undefined, age: 0 };
    const { entries, transactions, oldest, age } = row;
    return { entries: Number(entries), transactions: Number(transactions), oldest: oldest.getTime(), age };
  }

  async close(): Promise<void> {
    await this.#outbox.database.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
