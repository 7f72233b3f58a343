import type { Select } from './databaseConnection.js';

/** A transaction of the database that has written something and has not ended. */
export interface RunningWriter {
  /** Identifies the transaction; another one of the same process has another id. */
  readonly id: string;
  /** Process of the server that it belongs to; undefined if it is prepared for a two-phase commit. */
  readonly pid: string | undefined;
}

/**
 * Transactions that hold the lock of a writer on any table or sequence of the database. A row that is not committed yet
 * belongs to one of them from before the moment when its default or its trigger gave it its place in the order: INSERT
 * and nextval() take this lock before they do anything, and keep it until the transaction ends. A backup or a report
 * has no such lock, nor has a vacuum.
 */
const writers = `
  SELECT DISTINCT l.virtualtransaction AS id, l.pid
    FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
   WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.granted
     AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
     AND l.relation >= 16384 AND c.relpersistence <> 't' AND l.pid IS DISTINCT FROM pg_backend_pid()`;

export async function writersInProgress(select: Select): Promise<RunningWriter[]> {
  const { rows } = await select(writers);
  return rows.map(({ id, pid }) => ({ id: `${id ?? ''} ${pid ?? ''}`, pid: pid ?? undefined }));
}
