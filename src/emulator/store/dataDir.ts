import { join } from 'node:path';
import { makePrivateDatabase } from '../../base/privateFiles.js';
import { type DatabaseSync, openDatabase } from '../../base/sqlite.js';

/** Name of the org's file in a data folder. */
export const orgFile = 'org.sqlite';

/**
 * Opens the org's file for one process only. The next ids are counted in memory, so a second org on the same file would
 * assign the same ids.
 *
 * @throws {DataDirInUseError} when another process has the file open
 * @throws {DataDirBrokenError} when the file is not a readable database
 */
export function openAlone(dataDir: string): DatabaseSync {
  const path = join(dataDir, orgFile);
  makePrivateDatabase(path);
  const db = openDatabase(path, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    db.exec('BEGIN IMMEDIATE; SELECT count(*) FROM sqlite_schema; COMMIT');
    return db;
  } catch (error) {
    db.close();
    if (hasCode(error, busy)) throw new DataDirInUseError(dataDir);
    if (hasCode(error, corrupt) || hasCode(error, notADatabase)) throw new DataDirBrokenError(dataDir, error);
    throw error;
  }
}

/** Result codes of SQLite. */
const [busy, corrupt, notADatabase] = [5, 11, 26] as const;

function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === code;
}

/** The org's file is not a readable database. */
export class DataDirBrokenError extends Error {
  public override readonly name = 'DataDirBrokenError';

  public constructor(dataDir: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `${join(dataDir, orgFile)} cannot be read (${reason}): choose another folder, or delete the file to start with an empty org.`,
      {
        cause,
      },
    );
  }
}

/** Another process has the org's file open. */
export class DataDirInUseError extends Error {
  public override readonly name = 'DataDirInUseError';

  public constructor(dataDir: string) {
    super(`Another local org is using the data folder ${dataDir}: stop that one, or choose another folder.`);
  }
}
