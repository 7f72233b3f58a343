import { existsSync } from 'node:fs';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/**
 * A snapshot is an SQLite database with the tables of the org (see `store/tables/tables.ts`). In its header,
 * `application_id` marks it as a snapshot, and `user_version` is the version of the format.
 */
export const applicationId = 0x4c6f_7973;

/**
 * Increased when older versions of this package can no longer read new files correctly. A new object or field does not
 * require that, because reading refuses unknown objects and fields by name.
 */
export const formatVersion = 1;

/** This org cannot start with the file. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';

  constructor(
    message: string,
    /** Sentences that tell what to do about it. */
    readonly actions: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @throws {SnapshotError} when the file is not a snapshot, or has a newer format */
export function requireSnapshot(path: string): void {
  if (!existsSync(path)) throw noSnapshot(path, 'there is no such file');
  const { application, version } = headerOf(path);
  if (application !== applicationId) throw noSnapshot(path, 'it is a different kind of database');
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

/** @param cause the reason, or the error that was thrown */
export function noSnapshot(path: string, cause: unknown): SnapshotError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const action = 'Name a file that "emulator save" has written.';
  return new SnapshotError(`${path} is not a snapshot of a local org: ${reason}.`, [action], { cause });
}
