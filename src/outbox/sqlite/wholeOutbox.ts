import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { contentHash, detailsHash } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import { OutboxDamagedError } from '../outboxErrors.js';
import { changedBatch } from './changedBatch.js';
import type { ItemRow } from './itemRows.js';

/**
 * Checks the database, and compares what is still to be sent with its hashes, before anything is sent. If a disk had
 * changed a byte of a key, its purchase would look as if it had never been sent.
 * @throws {OutboxDamagedError}
 */
export function mustBeWhole(db: DatabaseSync, path: string): void {
  const said = String(db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
  if (said !== 'ok') throw new OutboxDamagedError(path, said);
  const key = changedKey(db);
  const changed = key === undefined ? changedBatch(db) : `what is stored for ${key}`;
  if (changed !== undefined) throw new OutboxDamagedError(path, `${changed} has changed`);
}

/** Returns a key whose stored purchase is not the one that was read. */
function changedKey(db: DatabaseSync): string | undefined {
  const rows = db
    .prepare(`SELECT key, member, content, details, journal FROM payload JOIN item ON item.seq = payload.item`)
    .iterate();
  for (const row of rows) if (!isAsRead(row)) return String(row['key']);
  return undefined;
}

function isAsRead(row: ItemRow): boolean {
  try {
    const journal = JSON.parse(String(row['journal'])) as Transaction['journal'];
    const transaction = { key: String(row['key']), member: String(row['member']), journal };
    return contentHash(transaction) === row['content'] && detailsHash(transaction) === row['details'];
  } catch {
    return false;
  }
}

/** What an outbox is called, which is not where its file is if that is a temporary copy. */
const names = new WeakMap<DatabaseSync, string>();

/** Says what to call an outbox in errors about what it has stored. */
export function nameOutbox(db: DatabaseSync, name: string): void {
  names.set(db, name);
}

/**
 * Reads JSON that the outbox has stored. May be called before the lock is taken.
 * @param what what it is, with an article
 * @throws {OutboxDamagedError}
 */
export function storedJson(db: DatabaseSync, what: string, text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new OutboxDamagedError(names.get(db) ?? db.location() ?? 'in memory', `${what} cannot be read`);
  }
}
