import { join } from 'node:path';
import { makePrivateDatabase } from '../../base/files/privateFiles.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { diskReason, isDiskCode, sqliteCodeOf } from '../../base/sqlite/sqliteCodes.js';
import type { DiskCode } from '../../base/sqlite/sqliteCodes.js';

/** Name of the org's file in a data folder. */
export const orgFile = 'org.sqlite';

/**
 * Ids are counted in memory, so a second org on the same file would give the same ones out.
 * Later failures of the file are reported with the same errors.
 * @throws {DataDirInUseError | DataDirBrokenError | DataDirDiskError}
 */
export function openAlone(dataDir: string): DatabaseSync {
  const path = join(dataDir, orgFile);
  makePrivateDatabase(path);
  const db = openDatabase(path, { timeout: 0, explain: (error) => explained(error, dataDir) });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    db.exec('BEGIN IMMEDIATE; SELECT count(*) FROM sqlite_schema; COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function explained(error: unknown, dataDir: string): unknown {
  const code = sqliteCodeOf(error);
  if (code === 'busy') return new DataDirInUseError(dataDir);
  if (code === 'corrupt' || code === 'notADatabase') return new DataDirBrokenError(dataDir, error);
  return isDiskCode(code) ? new DataDirDiskError(dataDir, code, error) : error;
}

/** The disk of the data folder does not do what was asked. */
export class DataDirDiskError extends Error {
  override readonly name = 'DataDirDiskError';
  readonly actions = ['Make room on its disk, or make the folder writable, then repeat the request.'];

  constructor(
    dataDir: string,
    readonly code: DiskCode,
    cause: unknown,
  ) {
    super(`${join(dataDir, orgFile)} cannot be used: ${diskReason(code, cause)}.`, { cause });
  }
}

/** The org's file is not a readable database. */
export class DataDirBrokenError extends Error {
  override readonly name = 'DataDirBrokenError';

  constructor(dataDir: string, cause: unknown) {
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
  override readonly name = 'DataDirInUseError';

  constructor(dataDir: string) {
    super(`Another local org is using the data folder ${dataDir}: stop that one, or choose another folder.`);
  }
}
