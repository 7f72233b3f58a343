import { inTransaction, type DatabaseSync } from '../../base/sqlite.js';
import { NotAnOutboxError } from '../errors.js';
import { hasCode, sqliteCodes } from './codes.js';

const version = 1;

/**
 * `lane` repeats what `item` says, one row per member: how many open items, how many of them block the others, and
 * when the lane may be touched again. Packing asks "which members are free, longest queue first" for every request;
 * grouping a million items each time would make the answer depend on the size of the feed.
 *
 * Members are compared without case, as the org compares their numbers: `c7` and `C7` are one member with one lane.
 *
 * An item changes its state twice or more, in the order of the lanes and not in that of the file. So the indexes that
 * know states are partial, and the one by run does not know them: every page that a commit touches is written twice.
 */
const tables = `
  CREATE TABLE holder (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    host TEXT NOT NULL,
    pid INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE run (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT,
    settings TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    duplicate INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE source (
    name TEXT PRIMARY KEY,
    look_up_first INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE feed (
    run TEXT NOT NULL,
    name TEXT NOT NULL,
    position TEXT NOT NULL,
    complete INTEGER NOT NULL,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ended_group (
    run TEXT NOT NULL,
    feed TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (run, feed, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE reject (
    seq INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    kind TEXT NOT NULL,
    feed TEXT NOT NULL,
    line INTEGER NOT NULL,
    column_name TEXT,
    value TEXT,
    key TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    raw TEXT
  ) STRICT;
  CREATE INDEX reject_run ON reject (run, kind);

  CREATE TABLE item (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    run INTEGER NOT NULL,
    member TEXT NOT NULL COLLATE NOCASE,
    journal TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    request TEXT,
    sent_at INTEGER,
    until INTEGER,
    journal_id TEXT,
    code TEXT,
    message TEXT
  ) STRICT;
  CREATE INDEX item_ready ON item (member, seq) WHERE state = 'ready';
  CREATE INDEX item_unknown ON item (until, seq) WHERE state = 'unknown';
  CREATE INDEX item_unknown_member ON item (member, seq) WHERE state = 'unknown';
  CREATE INDEX item_unnamed ON item (seq) WHERE state = 'done' AND journal_id IS NULL;
  CREATE INDEX item_run ON item (run);

  CREATE TABLE lane (
    member TEXT COLLATE NOCASE PRIMARY KEY,
    open INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    until INTEGER NOT NULL DEFAULT 0,
    checked INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_free ON lane (open DESC) WHERE blocked = 0 AND checked = 1 AND open > 0;
  CREATE INDEX lane_open ON lane (open DESC) WHERE open > 0;
  CREATE INDEX lane_unchecked ON lane (member) WHERE checked = 0 AND open > 0;

  CREATE TABLE keyed_call (
    key TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    before TEXT,
    answer TEXT
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Prepares an outbox file. `synchronous=FULL`: an intent that was committed survives a power failure, too. Checkpoints
 * are rarer than SQLite's own choice, which would copy the pages of nearly every commit a second time at once.
 * @throws {NotAnOutboxError} when the file is something else, which is left as it is
 * @throws Error when the file was written by a newer version of this package
 */
export function prepareSchema(db: DatabaseSync, path: string): void {
  if (knownFormat(db, path) !== version) makeTables(db, path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10000;');
}

function makeTables(db: DatabaseSync, path: string): void {
  inTransaction(db, () => {
    // Asked again: another process may have made the tables while this one waited for its turn.
    const found = formatOf(db);
    if (found === version) return;
    if (found === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get()) throw new NotAnOutboxError(path);
    if (found > version) {
      throw new Error(
        `The outbox ${path} has format ${found}; this version reads format ${version}. Update the plugin.`,
      );
    }
    db.exec(`${tables} PRAGMA user_version = ${version};`);
  });
}

function knownFormat(db: DatabaseSync, path: string): number {
  try {
    return formatOf(db);
  } catch (error) {
    if (hasCode(error, sqliteCodes.notADatabase)) throw new NotAnOutboxError(path);
    throw error;
  }
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
