import { existsSync, realpathSync, statSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemClock } from '../../base/clock.js';
import type { Clock } from '../../base/clock.js';
import { mustNotDangle } from '../../base/files/danglingLink.js';
import { makeFolder } from '../../base/files/makeFolder.js';
import { isMountPoint } from '../../base/files/mountPoint.js';
import { makeNewPrivateFile, makePrivateDatabase } from '../../base/files/privateFiles.js';
import { reuseStatements } from '../../base/sqlite/reusedStatements.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { Erasure, Outbox, OutboxLock, OutboxOwner } from '../outbox.js';
import type { ContentLine, KnownTransaction } from '../knownTransaction.js';
import type { ItemReport, KeyHistory } from '../runRecord.js';
import {
  LinkedOutboxError,
  MountedOutboxError,
  NoOutboxError,
  NotAnOutboxError,
  OutboxDiskError,
} from '../outboxErrors.js';
import { findExported } from './eraseExported.js';
import { explainCopyOf, explainOutbox } from './explainOutbox.js';
import { forgetMember } from './forgetMember.js';
import { KnownItems } from './knownItems.js';
import { knownTransactions } from './knownTransactions.js';
import { copyOutbox, copyUnwritable, isWritable } from './outboxCopies.js';
import { OutboxHolder } from './outboxHolder.js';
import { prepareReplica, prepareSchema } from './outboxSchema.js';
import { OutboxStore } from './outboxStore.js';
import { nameOutbox, storedJson } from './wholeOutbox.js';
import { SqliteBulkJobs } from './sqliteBulkJobs.js';
import { SqliteDeadLetters } from './sqliteDeadLetters.js';
import { keyHistory } from './keyHistory.js';
import { SqliteIncrements } from './sqliteIncrements.js';
import { SqliteDelivery } from './sqliteDelivery.js';
import { SqliteEnrollments } from './sqliteEnrollments.js';
import { SqliteFollowedProgress } from './sqliteFollowedProgress.js';
import { SqliteIntake } from './sqliteIntake.js';
import { SqliteKeyedCalls } from './sqliteKeyedCalls.js';
import { SqliteSources } from './sqliteSources.js';
import { runSeq, SqliteRuns } from './sqliteRuns.js';
import { inTemporaryFolder } from './temporaryFolder.js';

export interface SqliteOutboxOptions {
  readonly clock?: Clock | undefined;
  /** Whether to keep what was sent after it is done. Default: only hashes, key, member and journal Id remain. */
  readonly keepPayloads?: boolean | undefined;
  /** Most open items whose positions are in memory; the others follow when there is room. Default 500,000. */
  readonly mostInMemory?: number | undefined;
}

/** A file that only repeats what is kept elsewhere. */
export interface ReplicaOptions extends SqliteOutboxOptions {
  /** What the outbox is called. */
  readonly name: string;
  /** Is asked whenever an intent to send is stored. Throws when the outbox no longer belongs to this process. */
  readonly mustBeOurs: () => void;
}

const inMemory = ':memory:';

/** What an outbox is called, and what excludes others from it. */
interface Place {
  /** Its path, unless what is open is a copy or a replica. */
  readonly name: string;
  /** The file that a lock is for. Undefined if this object alone has the outbox. */
  readonly file?: string | undefined;
  /** Who may write it, where that is not decided by a lock. */
  readonly mustBeOurs?: (() => void) | undefined;
}

/**
 * The embedded outbox: one SQLite file that one caller in one process delivers at a time. Meanwhile, any process may
 * read it. Only its owner can read the file (mode 0600), because it contains purchases.
 */
export class SqliteOutbox implements Outbox {
  readonly runs: SqliteRuns;
  readonly intake: SqliteIntake;
  readonly sources: SqliteSources;
  readonly delivery: SqliteDelivery;
  readonly deadLetters: SqliteDeadLetters;
  readonly calls: SqliteKeyedCalls;
  readonly bulkJobs: SqliteBulkJobs;
  readonly increments: SqliteIncrements;
  readonly followed: SqliteFollowedProgress;
  readonly enrollments: SqliteEnrollments;
  readonly #db: DatabaseSync;
  readonly #store: OutboxStore;
  readonly #holder: OutboxHolder;
  readonly #known: KnownItems;
  #cleanUp: (() => void) | undefined;

  readonly name: string;

  private constructor(
    db: DatabaseSync,
    { name, file, mustBeOurs }: Place,
    { clock = systemClock, keepPayloads = false, mostInMemory }: SqliteOutboxOptions,
  ) {
    this.#db = db;
    this.name = name;
    nameOutbox(db, name);
    this.#holder = new OutboxHolder(db, name, file);
    this.#store = new OutboxStore(db, { keepPayloads, mostInMemory });
    this.#known = new KnownItems(db);
    this.runs = new SqliteRuns(this.#store, clock);
    this.intake = new SqliteIntake(this.#store, clock);
    this.sources = new SqliteSources(this.#store);
    const mustHold = mustBeOurs ?? ((): void => this.#holder.mustBeOurs());
    this.bulkJobs = new SqliteBulkJobs(this.#store);
    this.increments = new SqliteIncrements(this.#store);
    this.delivery = new SqliteDelivery(this.#store, mustHold);
    this.followed = new SqliteFollowedProgress(this.#store, mustHold);
    this.enrollments = new SqliteEnrollments(this.#store, mustHold);
    this.deadLetters = new SqliteDeadLetters(this.#store);
    this.calls = new SqliteKeyedCalls(db);
  }

  /** Opens the outbox at `path`. Creates it, and its folder, if it does not exist. A link leads to the real file. */
  static async open(path: string, options: SqliteOutboxOptions = {}): Promise<SqliteOutbox> {
    const wanted = resolve(path);
    makeFolder(dirname(wanted));
    const isNew = !existsSync(wanted);
    makeNewPrivateFile(wanted);
    try {
      return SqliteOutbox.#openFile(wanted, options);
    } catch (error) {
      if (isNew && statSync(wanted, { throwIfNoEntry: false })?.size === 0) {
        for (const suffix of ['', '-wal', '-shm']) rmSync(wanted + suffix, { force: true });
      }
      throw error;
    }
  }

  /** @throws {NoOutboxError} if there is no outbox at `path` */
  static async openExisting(path: string, options: SqliteOutboxOptions = {}): Promise<SqliteOutbox> {
    if (!existsSync(path)) throw new NoOutboxError(path);
    return SqliteOutbox.#openFile(path, options);
  }

  /**
   * An outbox to read from, which nobody may be able to write, such as a copy in an archive: then a temporary copy
   * under its name is opened, and the file stays as it is.
   * @throws {NoOutboxError} if there is no outbox at `path`
   */
  static async openToRead(path: string): Promise<SqliteOutbox> {
    if (!existsSync(path) || isWritable(path)) return SqliteOutbox.openExisting(path);
    const real = realOutbox(path);
    return inTemporaryFolder(async (folder, cleanUp) => {
      const copy = join(folder, 'copy.sqlite');
      await copyUnwritable(real, copy);
      const outbox = SqliteOutbox.#openDatabase(copy, { name: real, file: real }, {});
      outbox.#cleanUp = cleanUp;
      return outbox;
    });
  }

  /**
   * A copy of the outbox at `path`, or a new one if there is none, in a temporary folder that goes when it is closed:
   * for a dry run, which knows what a run would know and stores nothing. It has the name of the outbox.
   */
  static async copyOf(path: string, options: SqliteOutboxOptions = {}): Promise<SqliteOutbox> {
    const real = existsSync(path) ? realOutbox(path) : undefined;
    return inTemporaryFolder(async (folder, cleanUp) => {
      const copy = join(folder, 'copy.sqlite');
      if (real !== undefined) await copyOutbox(real, copy);
      const outbox = SqliteOutbox.#openDatabase(copy, { name: real ?? resolve(path) }, options);
      outbox.#db.exec('DELETE FROM holder');
      outbox.#cleanUp = cleanUp;
      return outbox;
    });
  }

  /**
   * Creates an outbox that disappears on close. Its memory grows with its content.
   * @param name what to call it
   */
  static inMemory(options: SqliteOutboxOptions = {}, name = inMemory): SqliteOutbox {
    return SqliteOutbox.#openDatabase(inMemory, { name }, options);
  }

  /**
   * Opens a file that only repeats what is kept elsewhere. Who may write it is decided there, and not by
   * {@link SqliteOutbox.lock}.
   */
  static replica(file: string, options: ReplicaOptions): { readonly outbox: SqliteOutbox; readonly db: DatabaseSync } {
    const { name, mustBeOurs } = options;
    const db = openDatabase(file, { explain: explainOutbox(name) });
    reuseStatements(db);
    try {
      prepareReplica(db, name);
      return { outbox: new SqliteOutbox(db, { name, mustBeOurs }, options), db };
    } catch (error) {
      db.close();
      throw error;
    }
  }

  static #openFile(path: string, options: SqliteOutboxOptions): SqliteOutbox {
    const real = realOutbox(path);
    const isEmpty = statSync(real).size === 0;
    try {
      return SqliteOutbox.#openDatabase(real, { name: real, file: real }, options);
    } catch (error) {
      if (!(isEmpty && error instanceof OutboxDiskError)) throw error;
      throw new OutboxDiskError(real, error.code, error.cause, isEmpty);
    }
  }

  static #openDatabase(path: string, place: Place, options: SqliteOutboxOptions): SqliteOutbox {
    const db = openDatabase(path, { explain: explainCopyOf(place.name, path) });
    reuseStatements(db);
    try {
      prepareSchema(db, place.name);
      if (path !== inMemory) makePrivateDatabase(path);
      return new SqliteOutbox(db, place, options);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  get fileId(): string | undefined {
    return this.#holder.fileId;
  }

  async lock(): Promise<OutboxLock> {
    return this.#holder.acquire();
  }

  async isHeld(): Promise<boolean> {
    return this.#holder.isHeld;
  }

  async find(key: string): Promise<ItemReport | undefined> {
    return this.runs.current(key);
  }

  *transactions(run?: string): Iterable<KnownTransaction> {
    this.#store.index.refresh();
    yield* knownTransactions(this.#db, run === undefined ? undefined : runSeq(this.#db, run));
  }

  isErased(key: string): boolean {
    return this.#known.isForgotten(key);
  }

  isOverruled({ key, content, feed, line }: ContentLine): boolean {
    return this.#known.isOverruled(key, content, { feed, line });
  }

  /**
   * Returns everything that is known of a key: every item that it ever had, and lines that made none. Undefined if the
   * outbox does not know it.
   */
  async history(key: string): Promise<KeyHistory | undefined> {
    this.#store.index.refresh();
    return keyHistory(this.#db, key, this.isErased(key));
  }

  async owner(): Promise<OutboxOwner | undefined> {
    const row = this.#db.prepare('SELECT * FROM owner').get();
    return (
      row && {
        orgId: String(row['org_id']),
        programId: String(row['program_id']),
        program: String(row['program']),
        numberLength: Number(row['number_length']),
      }
    );
  }

  async claim({ orgId, programId, program, numberLength }: OutboxOwner): Promise<void> {
    this.#db
      .prepare('INSERT INTO owner (one, org_id, program_id, program, number_length) VALUES (1, ?, ?, ?, ?)')
      .run(orgId, programId, program, numberLength);
  }

  async changedFields(): Promise<readonly string[]> {
    const row = this.#db.prepare('SELECT changed_fields FROM owner').get();
    return row ? (storedJson(this.#db, 'the list of changed fields', row['changed_fields']) as string[]) : [];
  }

  async rememberChangedFields(fields: readonly string[]): Promise<void> {
    this.#db.prepare('UPDATE owner SET changed_fields = ?').run(JSON.stringify(fields));
  }

  async forget(member: string): Promise<Erasure> {
    const exported = await findExported(this.#db, member);
    // What is done and not dropped yet would look as if it were open.
    this.#store.payloads.dropLeftIfAny();
    return forgetMember(this.#db, member, this.name, exported);
  }

  async close(): Promise<void> {
    this.#holder.releaseAll();
    if (this.#db.isOpen) {
      this.#store.close();
      this.#db.close();
    }
    this.#cleanUp?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/**
 * Returns the real path of an outbox.
 * @throws {LinkedOutboxError}
 * @throws {MountedOutboxError}
 */
function realOutbox(path: string): string {
  mustNotDangle(path);
  const real = realpathSync(path);
  const found = statSync(real);
  // If it cannot be opened at all, opening it gives the error.
  if (!found.isFile() && !found.isDirectory()) throw new NotAnOutboxError(real);
  // A folder always has several links.
  if (found.isFile() && found.nlink > 1) throw new LinkedOutboxError(real);
  if (found.isFile() && isMountPoint(real)) throw new MountedOutboxError(real);
  return real;
}
