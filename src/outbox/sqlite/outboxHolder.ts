import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileIdentity } from '../../base/files/fileIdentity.js';
import { makeNewPrivateFile } from '../../base/files/privateFiles.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import { sqliteCodeOf } from '../../base/sqlite/sqliteCodes.js';
import {
  NotAnOutboxError,
  OutboxBusyError,
  OutboxDamagedError,
  OutboxDiskError,
  OutboxTakenError,
} from '../outboxErrors.js';
import { explainOutbox } from './explainOutbox.js';
import type { ItemRow } from './itemRows.js';
import { mustBeWhole } from './wholeOutbox.js';

/** Outbox files that a caller in this process holds, by device and inode. */
const heldHere = new Set<string>();

/** How often, and after which pause, the name of a process is looked for that has locked the file but is not named. */
const namePauses = 50;
const pauseMilliseconds = 10;

/** How long the lock is waited for, in milliseconds: whoever only looks at it has it for a moment. */
const lockPatience = 100;

/**
 * Makes one caller the only one that delivers from an outbox.
 *
 * - Callers in this process recognize each other by the file itself, whatever path leads to it.
 * - Processes exclude each other by an exclusive transaction on a file beside the outbox. The operating system releases
 *   this lock when its holder dies in any way. With a lock file that expires, a resume would have to wait until the file
 *   of the dead process is old enough.
 * - The lock file may be deleted, and then a second process could lock a new one. On the same machine it sees that the
 *   holder is alive. On other machines the holder's token in the outbox decides: every intent to send is stored only
 *   while the token is still there and the file is still the same, so only one of two processes sends.
 */
export class OutboxHolder {
  readonly #db: DatabaseSync;
  readonly #name: string;
  /** Undefined for a database in memory, which belongs to one object. */
  readonly #file: string | undefined;
  readonly #identity: string | undefined;
  readonly #current: StatementSync;
  #token: string | undefined;
  #guard: DatabaseSync | undefined;
  /** A token that was given back, and could not be removed because another program was writing. */
  #left: string | undefined;

  constructor(db: DatabaseSync, name: string, file: string | undefined) {
    this.#db = db;
    this.#name = name;
    this.#file = file;
    this.#identity = file === undefined ? undefined : fileIdentity(file);
    this.#current = db.prepare('SELECT token, host, pid FROM holder');
  }

  /**
   * Whether somebody holds the outbox. Whoever ends in order takes its name out of it, and the name of a process that died
   * says nothing if nobody has the lock. Another process of this machine has it, too, if somebody has deleted the lock
   * file.
   */
  get isHeld(): boolean {
    if (this.#isHeldHere) return true;
    const holder = this.#db.prepare('SELECT host, pid, started FROM holder').get();
    if (holder === undefined || this.#file === undefined) return false;
    const isNeighbor = holder['host'] === hostname() && holder['pid'] !== process.pid;
    return (isNeighbor && isAlive(holder)) || isLocked(`${this.#file}-lock`);
  }

  /** Device and inode of the file. Undefined for one that is not held by its file. */
  get fileId(): string | undefined {
    return this.#identity;
  }

  get #isHeldHere(): boolean {
    return this.#token !== undefined || (this.#identity !== undefined && heldHere.has(this.#identity));
  }

  /** @throws {OutboxBusyError} */
  acquire(): Disposable {
    if (this.#isHeldHere) {
      throw new OutboxBusyError(this.#name, `another caller in this process (${process.pid})`);
    }
    if (this.#file !== undefined) this.#guard = this.#lockFile(`${this.#file}-lock`);
    const token = randomUUID();
    try {
      this.#mustBeAlone();
      mustBeWhole(this.#db, this.#name);
      this.#db
        .prepare('INSERT OR REPLACE INTO holder (one, token, host, pid, started) VALUES (1, ?, ?, ?, ?)')
        .run(token, hostname(), process.pid, startOf(process.pid) ?? '');
    } catch (error) {
      this.#guard?.close();
      this.#guard = undefined;
      throw error;
    }
    this.#token = token;
    this.#left = undefined;
    if (this.#identity !== undefined) heldHere.add(this.#identity);
    return { [Symbol.dispose]: () => this.#release(token) };
  }

  /** @throws {OutboxTakenError} when another process has become the holder, or the path now leads to another file */
  mustBeOurs(): void {
    if (this.#token === undefined) return;
    const holder = this.#current.get();
    if (holder?.['token'] !== this.#token) throw new OutboxTakenError(this.#name, `${named(holder)} works on it`);
    if (this.#file === undefined) return;
    const present = fileIdentity(this.#file);
    if (present === undefined) throw OutboxTakenError.moved(this.#name);
    if (present !== this.#identity) throw OutboxTakenError.replaced(this.#name);
  }

  releaseAll(): void {
    if (this.#token !== undefined) this.#release(this.#token);
    else if (this.#left !== undefined) this.#forget(this.#left);
  }

  #lockFile(path: string): DatabaseSync {
    let guard: DatabaseSync | undefined;
    try {
      makeNewPrivateFile(path);
      guard = openDatabase(path, { timeout: lockPatience });
      guard.exec('BEGIN EXCLUSIVE');
      return guard;
    } catch (error) {
      guard?.close();
      const code = sqliteCodeOf(error);
      if (code === 'notADatabase') throw new NotAnOutboxError(path, 'lock');
      if (code !== 'busy') throw explainOutbox(this.#name)(error);
      throw new OutboxBusyError(this.#name, named(this.#holderOfLock()));
    }
  }

  /**
   * Returns who holds the lock file. It may have locked the file just now and not yet written its name, so this waits
   * for the name, but not for long.
   */
  #holderOfLock(): ItemRow | undefined {
    for (let pause = 0; pause < namePauses; pause++) {
      const holder = this.#db.prepare('SELECT host, pid, started FROM holder').get();
      if (holder !== undefined && !isDead(holder)) return holder;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
    return undefined;
  }

  /** Checks that the holder is dead, because somebody may have deleted the lock file of a process that still works. */
  #mustBeAlone(): void {
    const holder = this.#db.prepare('SELECT host, pid, started FROM holder').get();
    if (holder?.['host'] !== hostname() || holder['pid'] === process.pid) return;
    if (isAlive(holder)) throw new OutboxBusyError(this.#name, named(holder));
  }

  #release(token: string): void {
    if (this.#token !== token) return;
    this.#token = undefined;
    if (this.#identity !== undefined) heldHere.delete(this.#identity);
    try {
      this.#forget(token);
    } finally {
      this.#guard?.close();
      this.#guard = undefined;
    }
  }

  /**
   * Removes the token. An error of the disk is ignored, because an earlier one has been reported already. So is a program
   * that writes for long: the token says nothing to this process, and is removed when the outbox is closed. Until then,
   * other processes of this machine may take this one for the holder.
   */
  #forget(token: string): void {
    this.#left = undefined;
    try {
      if (this.#db.isOpen) this.#db.prepare('DELETE FROM holder WHERE token = ?').run(token);
    } catch (error) {
      if (error instanceof OutboxBusyError) this.#left = token;
      else if (!(error instanceof OutboxDiskError || error instanceof OutboxDamagedError)) throw error;
    }
  }
}

/** Whether a process has this lock file locked, on whichever machine. */
function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  let guard: DatabaseSync | undefined;
  try {
    guard = openDatabase(path, { readOnly: true, timeout: 0 });
    guard.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return sqliteCodeOf(error) === 'busy';
  } finally {
    guard?.close();
  }
}

/** Whether it is a process of this machine that has certainly ended. */
function isDead(holder: ItemRow): boolean {
  return holder['host'] === hostname() && holder['started'] !== '' && !isAlive(holder);
}

function isAlive(holder: ItemRow): boolean {
  const started = startOf(Number(holder['pid']));
  return started !== undefined && started === holder['started'];
}

function named(holder: ItemRow | undefined): string {
  return holder ? `process ${String(holder['pid'])} on ${String(holder['host'])}` : 'another process';
}

/**
 * Returns when a process of this machine began, in the kernel's ticks. Undefined if it has ended or this cannot be
 * found out.
 */
function startOf(pid: number): string | undefined {
  try {
    // Fields 3 and 22. The name of the program, in parentheses, may contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    // The process is dead, but its parent has not read its exit status yet.
    return fields?.[0] === 'Z' || fields?.[0] === 'X' ? undefined : fields?.[19];
  } catch {
    return undefined;
  }
}
