import { existsSync } from 'node:fs';
import { type DatabaseSync, openDatabase } from '../../base/sqlite.js';

/**
 * A snapshot is an SQLite database with the tables of the org (see `store/tables/tables.ts`). Its header says what it
 * is: `application_id` that it is a snapshot, `user_version` in which format.
 */
export const applicationId = 0x4c6f_7973;

/**
 * Raised when an older version of this package could no longer read the file rightly. A new object or field is no
 * reason: what an org does not know is refused by its name when the rows are read.
 */
export const formatVersion = 1;

/** A file that this org cannot begin with. */
export class SnapshotError extends Error {
  public override readonly name = 'SnapshotError';

  public constructor(
    message: string,
    /** What to do about it, as sentences. */
    public readonly actions: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @throws SnapshotError for a file that is no snapshot, or of a newer format */
export function requireSnapshot(path: string): void {
  if (!existsSync(path)) throw noSnapshot(path, 'there is no such file');
  const { application, version } = headerOf(path);
  if (application !== applicationId) throw noSnapshot(path, 'it is a database of another kind');
  if (version === formatVersion) return;
  throw new SnapshotError(
    `${path} is a snapshot of format ${version}, and this version of the plugin reads format ${formatVersion}.`,
    ['Update the plugin with "sf plugins update", or save the snapshot again with the version that is installed here.'],
  );
}

function headerOf(path: string): { application: number; version: number } {
  const db = openDatabase(path, { readOnly: true });
  try {
    return { application: pragma(db, 'application_id'), version: pragma(db, 'user_version') };
  } catch (error) {
    throw noSnapshot(path, error);
  } finally {
    db.close();
  }
}

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** @param cause the reason, or what was thrown for it */
export function noSnapshot(path: string, cause: unknown): SnapshotError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const action = 'Name a file that "emulator save" has written.';
  return new SnapshotError(`${path} is not a snapshot of a local org: ${reason}.`, [action], { cause });
}
