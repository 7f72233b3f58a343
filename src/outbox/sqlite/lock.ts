import { openDatabase, type DatabaseSync } from '../../base/sqlite.js';
import { hasCode, sqliteCodes } from './codes.js';

/**
 * A lock that the operating system gives back when its holder dies, however it dies: an exclusive transaction on a
 * file beside the outbox. A lock file with an age would make a resume wait until the dead process's file is old enough.
 */
export class FileLock {
  private db: DatabaseSync | undefined;

  public constructor(private readonly path: string) {}

  /** Returns false if another process holds the lock. */
  public tryAcquire(): boolean {
    if (this.db) return true;
    const db = openDatabase(this.path, { timeout: 0 });
    try {
      db.exec('BEGIN EXCLUSIVE');
      this.db = db;
      return true;
    } catch (error) {
      db.close();
      if (hasCode(error, sqliteCodes.busy)) return false;
      throw error;
    }
  }

  public release(): void {
    this.db?.close();
    this.db = undefined;
  }
}
