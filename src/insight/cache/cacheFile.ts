import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/files/makeFolder.js';
import { makeNewPrivateFile, makePrivateDatabase } from '../../base/files/privateFiles.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { explainCache, notACache } from './insightCacheError.js';

/** "SFLI": distinguishes a cache from any other database. */
const applicationId = 0x53464c49;

/**
 * Opens the database of a cache, which only its owner can read.
 * @param path of a file, which is made if there is none, with the folders above it, or `:memory:`
 * @throws {InsightCacheError} also for a file of another kind, which is left as it is
 */
export function openCacheFile(path: string): DatabaseSync {
  const isFile = path !== ':memory:';
  if (isFile) makeFolder(dirname(path));
  if (isFile) makeNewPrivateFile(path);
  if (isFile && !statSync(path).isFile() && !statSync(path).isDirectory()) throw notACache(path);
  const db = openDatabase(path, { explain: explainCache(path) });
  try {
    mustBeCache(db, path);
    if (isFile) makePrivateDatabase(path);
    // What a power cut takes is read again.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** An empty database becomes a cache before its journal mode is set, so that no crash leaves tables without the mark. */
function mustBeCache(db: DatabaseSync, path: string): void {
  if (db.prepare('PRAGMA application_id').get()?.['application_id'] === applicationId) return;
  if (db.prepare('SELECT 1 FROM sqlite_schema').get()) throw notACache(path);
  db.exec(`PRAGMA application_id = ${applicationId}`);
}
