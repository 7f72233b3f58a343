import type { PoolClient } from 'pg';
import { NoOutboxError, OutboxDatabaseError, OutboxTakenError } from '../outboxErrors.js';
import type { OutboxOwner } from '../outbox.js';
import type { UnreadFeeds } from '../storedFeed.js';
import { logBeginning } from './outboxLog.js';
import type { Lease, LogPosition, LogReader, OutboxChange, OutboxLog, Snapshot, StoredChange } from './outboxLog.js';
import { answeredWithin, bytesAnswer, leaseAnswer } from './answerLimits.js';
import type { PatientDatabase, QueryLimits } from './patientDatabase.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOptions, DatabaseOutbox } from './databaseOutbox.js';
import { seenLease } from './leaseView.js';
import type { SeenLease } from './leaseView.js';
import { PostgresRelay } from './postgresRelay.js';
import { claimOutbox, findOwner } from './outboxOwner.js';
import { PostgresLease } from './postgresLease.js';
import { storeSnapshot } from './snapshotStore.js';
import { StoredFeeds } from './storedFeeds.js';

/** Changes that are read at a time, and their bytes, but always one. */
const changesAtOnce = 500;
const bytesAtOnce = 4 << 20;
/** Parts of a snapshot that are read at a time. */
const partsAtOnce = 8;

/** The log of a shared outbox in a PostgreSQL database. All times are compared by the database's clock. */
export class PostgresLog implements OutboxLog {
  readonly name: string;
  readonly #outbox: DatabaseOutbox;
  readonly #database: PatientDatabase;
  readonly #id: string;
  readonly #lease: PostgresLease;
  readonly #length: number;
  /** Of small statements that others wait for. */
  readonly #limits: Required<Pick<QueryLimits, 'answer'>>;

  private constructor(outbox: DatabaseOutbox) {
    const { database, id, name, lease } = outbox;
    this.#outbox = outbox;
    this.#database = database;
    this.name = name;
    this.#id = id;
    this.#lease = new PostgresLease(outbox);
    this.#length = lease;
    this.#limits = { answer: leaseAnswer(lease) };
  }

  /**
   * Opens the log at an address, and creates it if it does not exist.
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async open(address: string): Promise<PostgresLog> {
    return new PostgresLog(await openDatabaseOutbox(address, { creates: true }));
  }

  /**
   * @throws {NoOutboxError} if there is none at the address
   * @throws {OutboxDatabaseError} if the database cannot be used
   */
  static async openExisting(address: string, options: Pick<DatabaseOptions, 'patience'> = {}): Promise<PostgresLog> {
    return new PostgresLog(await openDatabaseOutbox(address, { ...options, creates: false }));
  }

  async read(after: LogPosition | undefined, reader: LogReader): Promise<LogPosition> {
    let position = after;
    return this.#database.withClient(async (client) => {
      // What is read is of one moment, although the holder may replace it by a snapshot meanwhile.
      await client.query(answeredWithin(this.#limits.answer, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'));
      const { snapshot, change: last } = await this.#headOf(client);
      if (position === undefined && snapshot === 0) position = logBeginning;
      if (position === undefined || !(await this.#hasAllAfter(client, position))) {
        if (snapshot === 0) throw OutboxTakenError.goneBack(this.name);
        await reader.snapshot(this.#parts(client, snapshot));
        position = { number: snapshot, epoch: await this.#epochOf(client, snapshot) };
      }
      for await (const change of this.#changes(client, { after: position.number, last })) {
        await reader.change(change);
        position = { number: change.number, epoch: change.epoch };
      }
      await client.query('COMMIT');
      return position;
    });
  }

  /** Returns the numbers of the last changes: of the snapshot, and of all. */
  async #headOf(client: PoolClient): Promise<{ snapshot: number; change: number }> {
    const { rows } = await client.query<{ snapshot: string; change: string }>(
      'SELECT snapshot, change FROM loyalty_outbox.outbox WHERE id = $1',
      [this.#id],
    );
    if (!rows[0]) throw new NoOutboxError(this.name);
    return { snapshot: Number(rows[0].snapshot), change: Number(rows[0].change) };
  }

  /** Whether the log has this change, and the one that follows is still stored, or there is none. */
  async #hasAllAfter(client: PoolClient, { number, epoch }: LogPosition): Promise<boolean> {
    const { rows } = await client.query<{ has: boolean }>(
      `SELECT change = $2 OR EXISTS (SELECT 1 FROM loyalty_outbox.change WHERE outbox = $1 AND number = $2 + 1) AS has
       FROM loyalty_outbox.outbox WHERE id = $1`,
      [this.#id, number],
    );
    return rows[0]?.has === true && (await this.#epochOf(client, number)) === epoch;
  }

  /** Returns the epoch with which a change was stored. Undefined if only a snapshot has it, or there is none. */
  async #epochOf(client: PoolClient, number: number): Promise<number | undefined> {
    const { rows } = await client.query<{ epoch: string }>(
      'SELECT epoch FROM loyalty_outbox.change WHERE outbox = $1 AND number = $2',
      [this.#id, number],
    );
    return rows[0] && Number(rows[0].epoch);
  }

  async *#parts(client: PoolClient, snapshot: number): AsyncIterable<Uint8Array> {
    for (let part = 0; ; part += partsAtOnce) {
      const { rows } = await client.query<{ content: Uint8Array }>(
        `SELECT content FROM loyalty_outbox.snapshot_part
         WHERE outbox = $1 AND snapshot = $2 AND part >= $3 AND part < $3 + $4 ORDER BY part`,
        [this.#id, snapshot, part, partsAtOnce],
      );
      for (const { content } of rows) yield content;
      if (rows.length < partsAtOnce) return;
    }
  }

  async *#changes(
    client: PoolClient,
    { after, last }: { readonly after: number; readonly last: number },
  ): AsyncIterable<StoredChange> {
    for (let position = after; position < last;) {
      const { rows } = await client.query<{ number: string; epoch: string; patch: Uint8Array; latest_batch: string }>(
        `SELECT number, epoch, patch, latest_batch FROM (
           SELECT *, sum(octet_length(patch)) OVER (ORDER BY number) - octet_length(patch) AS before
           FROM (SELECT number, epoch, patch, latest_batch FROM loyalty_outbox.change
                 WHERE outbox = $1 AND number > $2 ORDER BY number LIMIT $3) AS next
         ) AS sized WHERE before < $4 ORDER BY number`,
        [this.#id, position, changesAtOnce, bytesAtOnce],
      );
      if (rows.length === 0) return;
      for (const { number, epoch, patch, latest_batch: latestBatch } of rows)
        yield { number: Number(number), epoch: Number(epoch), patch, latestBatch: Number(latestBatch) };
      position = Number(rows.at(-1)?.number);
    }
  }

  acquire(): Promise<Lease> {
    return this.#lease.acquire();
  }

  look(): Promise<SeenLease> {
    return seenLease(this.#outbox);
  }

  renew(epoch: number): Promise<void> {
    return this.#lease.renew(epoch);
  }

  release(epoch: number): Promise<void> {
    return this.#lease.release(epoch);
  }

  confirm(epoch: number, change: number): Promise<void> {
    return this.#lease.confirm(epoch, change);
  }

  async append(epoch: number, { number, patch, latestBatch }: OutboxChange): Promise<void> {
    const { rowCount } = await this.#database.query(
      `WITH held AS (
         UPDATE loyalty_outbox.outbox SET change = $3, lease_until = clock_timestamp() + $6 * interval '1 ms'
         WHERE id = $1 AND epoch = $2 AND change = $3 - 1 RETURNING id)
       INSERT INTO loyalty_outbox.change (outbox, number, epoch, latest_batch, patch)
       SELECT id, $3, $2, $4, $5 FROM held`,
      [this.#id, epoch, number, latestBatch, patch, this.#length],
      { answer: bytesAnswer(this.#length, patch.length) },
    );
    if (rowCount === 0) await this.#mustHaveStored(epoch, number);
  }

  /** If the answer to a change was lost, it is there already. */
  async #mustHaveStored(epoch: number, number: number): Promise<void> {
    const { rowCount } = await this.#database.query(
      'SELECT 1 FROM loyalty_outbox.change WHERE outbox = $1 AND number = $2 AND epoch = $3',
      [this.#id, number, epoch],
      this.#limits,
    );
    if (rowCount === 0) throw await this.#lease.taken(epoch);
  }

  owner(): Promise<OutboxOwner | undefined> {
    return findOwner(this.#outbox);
  }

  claim(owner: OutboxOwner): Promise<OutboxOwner> {
    return claimOutbox(this.#outbox, owner);
  }

  async sizes(): Promise<{ changes: number; snapshot: number }> {
    const { rows } = await this.#database.query<{ changes: string; snapshot: string }>(
      `SELECT
         (SELECT coalesce(sum(octet_length(patch)), 0) FROM loyalty_outbox.change
          WHERE outbox = o.id AND number > o.snapshot) AS changes,
         (SELECT coalesce(sum(octet_length(content)), 0) FROM loyalty_outbox.snapshot_part AS part
          WHERE part.outbox = o.id AND part.snapshot = o.snapshot) AS snapshot
       FROM loyalty_outbox.outbox AS o WHERE id = $1`,
      [this.#id],
    );
    return { changes: Number(rows[0]?.changes), snapshot: Number(rows[0]?.snapshot) };
  }

  async storeSnapshot(epoch: number, snapshot: Snapshot): Promise<void> {
    if (!(await storeSnapshot(this.#outbox, epoch, snapshot))) throw await this.#lease.taken(epoch);
  }

  async handedIn(member: string): Promise<number> {
    const { rows } = await this.#database.query<{ count: string }>(
      `SELECT count(*) FROM loyalty_outbox.inbox, json_array_elements(transactions::json) AS each
       WHERE outbox = $1 AND lower(each ->> 'member') = lower($2)`,
      [this.#id, member],
    );
    return Number(rows[0]?.count);
  }

  async unreadFeeds(): Promise<UnreadFeeds> {
    const feeds = new StoredFeeds(this.#outbox);
    await feeds.removeRest();
    return feeds.unread();
  }

  /** Without the right to use the tables of standbys, nobody sends for this process. */
  async relay(epoch: number): Promise<PostgresRelay | undefined> {
    try {
      return await PostgresRelay.begin(this.#outbox, epoch);
    } catch (error) {
      if (error instanceof OutboxDatabaseError && !error.isPassing) return undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
