import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { PoolClient } from 'pg';
import { systemClock } from '../../base/clock.js';
import { NoOutboxError, OutboxBusyError, OutboxTakenError } from '../outboxErrors.js';
import type { OutboxOwner } from '../outbox.js';
import type { UnreadFeeds } from '../storedFeed.js';
import { logBeginning } from './outboxLog.js';
import type { Lease, LogPosition, LogReader, OutboxChange, OutboxLog, Snapshot, StoredChange } from './outboxLog.js';
import { answeredWithin, bytesAnswer, leaseAnswer } from './answerLimits.js';
import type { PatientDatabase, QueryLimits } from './patientDatabase.js';
import { openDatabaseOutbox } from './databaseOutbox.js';
import type { DatabaseOptions, DatabaseOutbox } from './databaseOutbox.js';
import { claimOutbox, findOwner } from './outboxOwner.js';
import { storeSnapshot } from './snapshotStore.js';
import { StoredFeeds } from './storedFeeds.js';

/** How often a lease is looked at that seems to be left over. */
const leasePause = 500;
/**
 * Above all epochs that are drawn: as great as `randomInt` allows. An epoch is drawn, and not counted, because a database
 * that is restored from a backup would count the same ones again, for somebody else.
 */
const epochs = 2 ** 48 - 1;
/** Changes that are read at a time, and their bytes, but always one. */
const changesAtOnce = 500;
const bytesAtOnce = 4 << 20;
/** Parts of a snapshot that are read at a time. */
const partsAtOnce = 8;
interface HolderRow {
  readonly epoch: string;
  readonly change: string;
  readonly change_epoch: string | null;
  readonly holder_token: string | null;
  readonly holder_host: string | null;
  readonly holder_pid: number | null;
  readonly lease_until: Date | null;
  /** Seconds. */
  readonly left: number | null;
}

/** The log of a shared outbox in a PostgreSQL database. All times are compared by the database's clock. */
export class PostgresLog implements OutboxLog {
  readonly name: string;
  readonly #outbox: DatabaseOutbox;
  readonly #database: PatientDatabase;
  readonly #id: string;
  readonly #length: number;
  /** Of small statements about the lease, and of those that others wait for at each look. */
  readonly #limits: Required<Pick<QueryLimits, 'answer'>>;

  private constructor(outbox: DatabaseOutbox) {
    const { database, id, name, lease } = outbox;
    this.#outbox = outbox;
    this.#database = database;
    this.name = name;
    this.#id = id;
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

  async acquire(): Promise<Lease> {
    const token = randomUUID();
    const epoch = randomInt(1, epochs);
    let seen: Date | undefined;
    for (;;) {
      const holder = await this.#tryToAcquire(token, epoch);
      if (holder.holder_token === token) return this.#leaseOf(holder);
      const until = holder.lease_until ?? undefined;
      if (seen && until && seen.getTime() !== until.getTime()) throw new OutboxBusyError(this.name, named(holder));
      seen = until;
      // Of a process that has died, or renews it soon.
      await systemClock.sleep(Math.min(Math.max(1000 * Number(holder.left), 1), leasePause));
    }
  }

  async #tryToAcquire(token: string, epoch: number): Promise<HolderRow> {
    await this.#database.query(
      `UPDATE loyalty_outbox.outbox SET epoch = $6, lease_until = clock_timestamp() + $2 * interval '1 ms',
         holder_token = $3, holder_host = $4, holder_pid = $5
       WHERE id = $1 AND (lease_until IS NULL OR lease_until < clock_timestamp())`,
      [this.#id, this.#length, token, hostname(), process.pid, epoch],
      this.#limits,
    );
    return this.#holder();
  }

  async #holder(): Promise<HolderRow> {
    const { rows } = await this.#database.query<HolderRow>(
      `SELECT epoch, change,
         (SELECT c.epoch FROM loyalty_outbox.change AS c WHERE c.outbox = o.id AND c.number = o.change) AS change_epoch,
         holder_token, holder_host, holder_pid, lease_until,
         extract(epoch FROM lease_until - clock_timestamp())::float8 AS left
       FROM loyalty_outbox.outbox AS o WHERE id = $1`,
      [this.#id],
      this.#limits,
    );
    if (!rows[0]) throw new NoOutboxError(this.name);
    return rows[0];
  }

  #leaseOf({ epoch, change, change_epoch: changeEpoch }: HolderRow): Lease {
    const last = { number: Number(change), epoch: changeEpoch === null ? undefined : Number(changeEpoch) };
    return { epoch: Number(epoch), last, length: this.#length };
  }

  async renew(epoch: number): Promise<void> {
    const { rowCount } = await this.#database.query(
      `UPDATE loyalty_outbox.outbox SET lease_until = clock_timestamp() + $3 * interval '1 ms'
       WHERE id = $1 AND epoch = $2 AND lease_until IS NOT NULL`,
      [this.#id, epoch, this.#length],
      this.#limits,
    );
    if (rowCount === 0) throw await this.#taken(epoch);
  }

  async release(epoch: number): Promise<void> {
    await this.#database.query(
      'UPDATE loyalty_outbox.outbox SET lease_until = NULL, holder_token = NULL WHERE id = $1 AND epoch = $2',
      [this.#id, epoch],
      // Then it has ended by itself.
      { ...this.#limits, patience: this.#length },
    );
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
    if (rowCount === 0) throw await this.#taken(epoch);
  }

  async #taken(epoch: number): Promise<OutboxTakenError> {
    const holder = await this.#holder();
    // Nobody else has the lease, but the log is not the one that this process has made.
    if (Number(holder.epoch) === epoch) return OutboxTakenError.goneBack(this.name);
    return new OutboxTakenError(this.name, `${named(holder)} works on it`);
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
    if (!(await storeSnapshot(this.#outbox, epoch, snapshot))) throw await this.#taken(epoch);
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

  async close(): Promise<void> {
    await this.#database.close();
  }
}

function named({ holder_host: host, holder_pid: pid }: HolderRow): string {
  return host === null ? 'another process' : `process ${pid} on ${host}`;
}
