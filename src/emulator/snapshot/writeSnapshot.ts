import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePrivateFile } from '../../base/files/privateFiles.js';
import { draftBeside } from '../../base/files/replaceFile.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { applicationId, formatVersion } from './snapshotFormat.js';

/**
 * Writes all rows of the org to one private file, as they are between two requests. An existing file is replaced when
 * the new one is complete.
 */
export function writeSnapshot(db: DatabaseSync, path: string): void {
  // SQLite takes a name that begins with "file:" for an address.
  const unfinished = resolve(draftBeside(path));
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
