import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { systemClock, type Clock } from '../../base/clock.js';
import { openDatabase, type DatabaseSync } from '../../base/sqlite.js';
import { NoOutboxError, OutboxBusyError } from '../errors.js';
import type { Outbox } from '../outbox.js';
import { SqliteDeadLetters } from './deadLetters.js';
import { SqliteDelivery } from './delivery.js';
import { SqliteIntake } from './intake.js';
import { SqliteKeyedCalls } from './keyedCalls.js';
import { FileLock } from './lock.js';
import { SqliteRuns } from './runs.js';
import { prepareSchema } from './schema.js';

const inMemory = ':memory:';

/**
 * The embedded outbox: one SQLite file, delivered by one process at a time. Any process may read it meanwhile.
 * Nobody but its owner can read the file (mode 0600): it holds purchases.
 */
export class SqliteOutbox implements Outbox {
  public readonly runs: SqliteRuns;
  public readonly intake: SqliteIntake;
  public readonly delivery: SqliteDelivery;
  public readonly deadLetters: SqliteDeadLetters;
  public readonly calls: SqliteKeyedCalls;
  /** A database in memory belongs to one process anyway. */
  private readonly fileLock: FileLock | undefined;

  private constructor(
    public readonly name: string,
    private readonly db: DatabaseSync,
    clock: Clock,
  ) {
    this.runs = new SqliteRuns(db, clock);
    this.intake = new SqliteIntake(db);
    this.delivery = new SqliteDelivery(db);
    this.deadLetters = new SqliteDeadLetters(db);
    this.calls = new SqliteKeyedCalls(db);
    this.fileLock = name === inMemory ? undefined : new FileLock(`${name}-lock`);
  }

  /** Opens the outbox at `path` and makes it, with its folder, if it does not exist. */
  public static async open(path: string, clock: Clock = systemClock): Promise<SqliteOutbox> {
    const name = resolve(path);
    mkdirSync(dirname(name), { recursive: true, mode: 0o700 });
    makePrivately(name);
    return SqliteOutbox.openDatabase(name, clock);
  }

  /** @throws {NoOutboxError} if there is no outbox at `path` */
  public static async openExisting(path: string, clock: Clock = systemClock): Promise<SqliteOutbox> {
    if (!existsSync(path)) throw new NoOutboxError(path);
    return SqliteOutbox.openDatabase(resolve(path), clock);
  }

  /** For dry runs: nothing is written, and it grows with the feed. */
  public static inMemory(clock: Clock = systemClock): SqliteOutbox {
    return SqliteOutbox.openDatabase(inMemory, clock);
  }

  private static openDatabase(name: string, clock: Clock): SqliteOutbox {
    const db = openDatabase(name);
    try {
      prepareSchema(db, name);
      if (name !== inMemory) makePrivate(name);
      return new SqliteOutbox(name, db, clock);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  public async lock(): Promise<void> {
    if (this.fileLock?.tryAcquire() === false) throw new OutboxBusyError(this.name, this.holder());
    this.db.prepare('INSERT OR REPLACE INTO holder (one, host, pid) VALUES (1, ?, ?)').run(hostname(), process.pid);
  }

  public async close(): Promise<void> {
    this.fileLock?.release();
    if (this.db.isOpen) this.db.close();
  }

  public async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Only who has the lock writes this row, so that it names the one who has it now. */
  private holder(): string {
    const row = this.db.prepare('SELECT host, pid FROM holder').get();
    return row ? `process ${String(row['pid'])} on ${String(row['host'])}` : 'another process';
  }
}

/**
 * Makes the file if there is none. One that exists is never opened here: closing it would give back the locks that
 * this process holds on it through SQLite.
 */
function makePrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Also the files that SQLite makes beside it, which it gives the mode that the file has at that time. */
function makePrivate(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}
