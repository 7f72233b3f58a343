import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePrivateFile } from '../../base/privateFiles.js';
import { type DatabaseSync, openDatabase } from '../../base/sqlite.js';
import { applicationId, formatVersion } from './snapshotFormat.js';

/**
 * Writes all rows of the org to one private file, as they are between two requests. An existing file is replaced when
 * the new one is complete.
 */
export function writeSnapshot(db: DatabaseSync, path: string): void {
  // The path is made absolute, because SQLite treats a name that begins with "file:" as a URI.
  const unfinished = resolve(unfinishedName(path));
  makePrivateFile(unfinished);
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    const copy = openDatabase(unfinished);
    copy.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`);
    copy.close();
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** The unfinished file is in the same folder as the final one, because renaming is atomic only within a file system. */
export function unfinishedName(path: string): string {
  return `${path}.${randomUUID()}.part`;
}
