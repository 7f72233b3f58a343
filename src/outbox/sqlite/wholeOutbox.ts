import type { DatabaseSync } from '../../base/sqlite.js';
import { OutboxDamagedError } from '../outboxErrors.js';
import { hasCode, sqliteCodes } from './sqliteCodes.js';

/**
 * Compares tables and indexes before anything is sent: a byte that a disk has changed in a key would make a purchase
 * look as if it had never been sent.
 * @throws {OutboxDamagedError}
 */
export function mustBeWhole(db: DatabaseSync, path: string): void {
  const said = inWords(db, path);
  if (said !== 'ok') throw new OutboxDamagedError(path, said);
}

function inWords(db: DatabaseSync, path: string): string {
  try {
    return String(db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
  } catch (error) {
    throw damaged(error, path);
  }
}

/** What SQLite finds by itself, in words that say what to do. */
export function damaged(error: unknown, path: string): unknown {
  if (!hasCode(error, sqliteCodes.corrupt)) return error;
  return new OutboxDamagedError(path, error instanceof Error ? error.message : String(error));
}
