import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { SqlRow } from './answer/renderRecords.js';
import { SoqlError } from './soqlErrors.js';
import type { Sql } from './sqlFragment.js';

/** Runs a statement and reads at most so many of its rows. */
export function firstRowsOf(db: DatabaseSync, { text, values }: Sql, most: number): SqlRow[] {
  const rows: SqlRow[] = [];
  for (const row of prepare(db, text).iterate(...values)) {
    rows.push(row as unknown as SqlRow);
    if (rows.length >= most) break;
  }
  return rows;
}

export function allRowsOf(db: DatabaseSync, { text, values }: Sql): SqlRow[] {
  return typedRows<SqlRow>(prepare(db, text), ...values);
}

function prepare(db: DatabaseSync, text: string): StatementSync {
  try {
    const statement = db.prepare(text);
    statement.setReturnArrays(true);
    return statement;
  } catch (error) {
    if (!(error instanceof Error) || !beyondSqlite.test(error.message)) throw error;
    throw new SoqlError('QUERY_TOO_COMPLICATED', `Query is too complicated: ${error.message}`);
  }
}

/**
 * Whether a query cannot go on because a deploy has deleted an object or field of it since it was compiled.
 */
export function isDeletedSince(error: unknown): boolean {
  return error instanceof Error && /^no such (?:column|table):/.test(error.message);
}

/** SQLite limits that a query within the platform's limits can exceed, such as 55 parents of two objects each. */
const beyondSqlite = /at most \d+ tables in a join|too many|too large|stack overflow/i;
