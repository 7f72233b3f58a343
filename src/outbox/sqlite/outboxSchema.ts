import { inTransaction, openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { NotAnOutboxError, OutboxDamagedError, OutboxFormatError } from '../outboxErrors.js';
import { countedJournalTable } from './countedJournals.js';
import { followedProgressTables } from './followedProgressTables.js';
import { latestRunTable } from './latestRun.js';
import { outboxTables } from './outboxTables.js';

/** No version with an older format has been released, so an outbox with an older format is refused. */
const version = 6;
/** "SFLO": distinguishes an outbox from any other database. */
const applicationId = 0x53464c4f;
/** Tables that an outbox of this format may lack, in the order in which they came to be. */
const addedTables = [followedProgressTables, latestRunTable, countedJournalTable];
const allTables = tablesWith(addedTables.length);

/**
 * Prepares an outbox file. With `synchronous=FULL`, a committed intent survives a power failure. Checkpoints are rarer
 * than SQLite's default, which would copy the pages of nearly every commit a second time immediately. With
 * `secure_delete`, deleted data is overwritten.
 * @throws {NotAnOutboxError} when the file is something else; it is not changed
 * @throws {OutboxFormatError} when the file was written by another version of this package
 * @throws {OutboxDamagedError} when its tables are not those of this format
 */
export function prepareSchema(db: DatabaseSync, path: string): void {
  if (formatOf(db, path) !== version) makeTables(db, path);
  if (!hasTables(db, allTables)) addTables(db, path);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10000; PRAGMA secure_delete = ON; PRAGMA cache_size = -8192;',
  );
}

/** Prepares a file that only repeats what is kept elsewhere, so that nothing is lost with it. */
export function prepareReplica(db: DatabaseSync, name: string): void {
  const unflushed = 'PRAGMA synchronous = OFF';
  db.exec(unflushed);
  prepareSchema(db, name);
  db.exec(unflushed);
}

/**
 * Checks an outbox and only reads it. An empty file is an outbox whose tables have not been created yet.
 * @throws {Error} like {@link prepareSchema}
 */
export function mustBeOutbox(db: DatabaseSync, path: string): void {
  const format = formatOf(db, path);
  if (format !== version && format !== 0) throw new OutboxFormatError(path, format, version);
}

function makeTables(db: DatabaseSync, path: string): void {
  inTransaction(db, () => {
    // Reads the format again, because another process may have created the tables while this one was waiting.
    const found = formatOf(db, path);
    if (found === version) return;
    if (found !== 0) throw new OutboxFormatError(path, found, version);
    db.exec(`${allTables} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version};`);
  });
}

/**
 * Adds tables to an outbox of this format that was made before they existed. Nothing else is changed.
 * @throws {OutboxDamagedError}
 */
function addTables(db: DatabaseSync, path: string): void {
  inTransaction(db, () => {
    // Reads the tables again, because another process may have added them while this one was waiting.
    if (hasTables(db, allTables)) return;
    const has = addedTables.findIndex((_, count) => hasTables(db, tablesWith(count)));
    if (has < 0) throw new OutboxDamagedError(path, 'its tables are not those of an outbox');
    db.exec(addedTables.slice(has).join(' '));
  });
}

/** @param added how many of the tables that came later */
function tablesWith(added: number): string {
  return [outboxTables, ...addedTables.slice(0, added)].join(' ');
}

/** Compares the definitions, because a disk may have changed one. Statements would then fail with misleading errors. */
function hasTables(db: DatabaseSync, tables: string): boolean {
  return definitions(db) === wantedDefinitions(tables);
}

const wanted = new Map<string, string>();

/** Returns the definitions as SQLite stores them. They are found out once, because creating the tables takes its time. */
function wantedDefinitions(tables: string): string {
  const known = wanted.get(tables);
  if (known !== undefined) return known;
  const fresh = openDatabase(':memory:');
  fresh.exec(tables);
  const found = definitions(fresh);
  fresh.close();
  wanted.set(tables, found);
  return found;
}

function definitions(db: DatabaseSync): string {
  return JSON.stringify(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all());
}

/**
 * Returns the format of an outbox, or 0 for an empty file.
 * @throws {NotAnOutboxError} for any other database
 */
function formatOf(db: DatabaseSync, path: string): number {
  // First of all: another process may create the tables at this moment, and commits them together with both numbers.
  if (!db.prepare('SELECT 1 FROM sqlite_schema').get()) return 0;
  if (pragma(db, 'application_id') === applicationId) return pragma(db, 'user_version');
  throw new NotAnOutboxError(path);
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
