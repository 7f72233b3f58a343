import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/** What the name of every such folder begins with. */
const prefix = 'loyalty-outbox-';
/** A file that its process keeps locked. It is locked before anything else is in the folder. */
const lockName = 'copy-lock';

/** A lock that nobody refers to would be garbage-collected, and released. */
const heldHere = new Set<DatabaseSync>();

/**
 * Work in a folder that is gone when the work fails, or when it is cleaned up. A process that is killed cleans up
 * nothing: what it has left is removed when a process of the same user begins such work.
 *
 * Whether a process lives is told by its lock, which the operating system releases when it ends in any way. A process id
 * would not do: containers that share the folder for temporary files have the same ids.
 */
export async function inTemporaryFolder<T>(work: (folder: string, cleanUp: () => void) => Promise<T>): Promise<T> {
  removeLeftFolders();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  let lock: DatabaseSync | undefined;
  const cleanUp = (): void => {
    // Some systems remove no file that is open.
    if (lock && heldHere.delete(lock)) lock.close();
    remove(folder);
  };
  try {
    lock = locked(folder);
    heldHere.add(lock);
    return await work(folder, cleanUp);
  } catch (error) {
    cleanUp();
    throw error;
  }
}

/** Removes the folder as far as possible. Another process may be looking at the lock meanwhile. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 10 });
  } catch {
    // It is not locked, so the next process that begins such work removes it.
  }
}

/** Removes what killed processes have left. What cannot be removed, or is not known to be left, stays. */
function removeLeftFolders(): void {
  for (const name of namesIn(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    try {
      if (isOwn(folder) && isLeft(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // It is in use, or somebody else has removed it just now.
    }
  }
}

/** A user may be allowed to make files in a folder, and not to list them. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folder for temporary files may belong to all users. */
function isOwn(folder: string): boolean {
  const { uid } = lstatSync(folder);
  return process.getuid === undefined || uid === process.getuid();
}

/**
 * Whether the process that had the folder is dead. A folder without a lock, or with nothing else, may be that of a
 * process which has just begun.
 * @throws {Error} if it is locked
 */
function isLeft(folder: string): boolean {
  if (!existsSync(join(folder, lockName))) return false;
  const lock = locked(folder, 0);
  try {
    // SQLite may have a journal beside the lock.
    return readdirSync(folder).some((name) => !name.startsWith(lockName));
  } finally {
    lock.close();
  }
}

/** @param timeout milliseconds to wait for another process that looks whether the folder is left */
function locked(folder: string, timeout?: number): DatabaseSync {
  const lock = openDatabase(join(folder, lockName), timeout === undefined ? {} : { timeout });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}
