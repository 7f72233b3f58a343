import { DateTime } from 'luxon';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { CompiledQuery } from './compileQuery.js';
import { SoqlError } from './soqlErrors.js';
import { localTimeFunction } from './soqlFunctions.js';
import { labelFunction, labelOfValue } from './labelColumns.js';
import type { ChildQuery, ChildrenNode } from './answer/recordPlan.js';
import { renderedUrl, renderRecord } from './answer/renderRecords.js';
import type { SqlRow } from './answer/renderRecords.js';
import type { ChildRows, AnswerRow } from './answer/answerRow.js';
import type { Sql } from './sqlFragment.js';

/** Maximum number of rows in a page (Salesforce limit). An answer with more rows is kept as ids instead of rows. */
export const maxPageSize = 2000;

const tooManyGroups =
  'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';

/** The answer to a query. Its pages can be read later. */
export interface QueryResult {
  /** Number of rows in the whole answer. */
  readonly totalSize: number;
  /** Returns rows from `offset` on: at most `limit`, and never more than 2,000. */
  records(offset: number, limit: number): AnswerRow[];
}

/**
 * Runs the query once. If the answer fits in a page, its rows are kept. Otherwise only the ids are kept, which fixes
 * their order and number, and the rows of a page are read on request. A row that was erased in between is missing.
 */
export function runQuery(db: DatabaseSync, query: CompiledQuery): QueryResult {
  defineFunctions(db);
  if (query.shape === 'count') {
    const [row] = rowsOf(db, query.statement, 1);
    return { totalSize: Number(row?.[0] ?? 0), records: () => [] };
  }
  const rows = rowsOf(db, query.statement, maxPageSize + 1);
  if (query.shape === 'aggregates' && rows.length > maxPageSize)
    throw new SoqlError('EXCEEDED_ID_LIMIT', tooManyGroups);
  if (rows.length <= maxPageSize) return result(rows.length, (from, to) => render(db, query, rows.slice(from, to)));
  const [row] = rowsOf(db, query.ids(), 1);
  const ids = String(row?.[0]);
  return result(ids.length / idLength, (from, to) => {
    const page = query.page(JSON.stringify(idsIn(ids.slice(from * idLength, to * idLength))));
    return render(db, query, allRowsOf(db, page));
  });
}

/** Length of an id. All ids are this long, so those of an answer are kept as one text: 18 MB for a million. */
const idLength = 18;

function idsIn(text: string): string[] {
  return text.match(/.{18}/g) ?? [];
}

function result(totalSize: number, records: (from: number, to: number) => AnswerRow[]): QueryResult {
  return { totalSize, records: (offset, limit) => records(offset, offset + Math.min(limit, maxPageSize)) };
}

function render(db: DatabaseSync, query: CompiledQuery, rows: readonly SqlRow[]): AnswerRow[] {
  const { apiVersion, object, nodes } = query;
  if (query.shape === 'aggregates') {
    return rows.map((row) => renderRecord(apiVersion, { type: 'AggregateResult' }, nodes, row, () => null));
  }
  const children = childrenOfPage(db, query, rows);
  return rows.map((row) => {
    const id = String(row[0]);
    const identity = { type: object.name, url: renderedUrl(apiVersion, object.name, id) };
    return renderRecord(apiVersion, identity, nodes, row, (node) => childRows(children.get(node)?.get(id)));
  });
}

type ChildrenByParent = ReadonlyMap<string, AnswerRow[]>;

/** Runs each sub-query once for the whole page. */
function childrenOfPage(
  db: DatabaseSync,
  { apiVersion, nodes }: CompiledQuery,
  rows: readonly SqlRow[],
): Map<ChildrenNode, ChildrenByParent> {
  const parentIds = JSON.stringify(rows.map(([id]) => id));
  const results = new Map<ChildrenNode, ChildrenByParent>();
  for (const node of nodes) {
    if (node.kind === 'children') results.set(node, childrenByParent(db, apiVersion, node.child, parentIds));
  }
  return results;
}

function childrenByParent(
  db: DatabaseSync,
  apiVersion: string,
  { objectName, nodes, statement }: ChildQuery,
  parentIds: string,
): ChildrenByParent {
  const children = new Map<string, AnswerRow[]>();
  for (const row of allRowsOf(db, statement(parentIds))) {
    const identity = { type: objectName, url: renderedUrl(apiVersion, objectName, String(row[1])) };
    const child = renderRecord(apiVersion, identity, nodes, row, () => null);
    const parentId = String(row[0]);
    const siblings = children.get(parentId);
    if (siblings) siblings.push(child);
    else children.set(parentId, [child]);
  }
  return children;
}

function childRows(records: AnswerRow[] | undefined): ChildRows | null {
  return records ? { totalSize: records.length, done: true, records } : null;
}

function rowsOf(db: DatabaseSync, { text, values }: Sql, most: number): SqlRow[] {
  const rows: SqlRow[] = [];
  for (const row of prepare(db, text).iterate(...values)) {
    rows.push(row as unknown as SqlRow);
    if (rows.length >= most) break;
  }
  return rows;
}

function allRowsOf(db: DatabaseSync, { text, values }: Sql): SqlRow[] {
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

/** SQLite limits that a query within the platform's limits can exceed, such as 55 parents of two objects each. */
const beyondSqlite = /at most \d+ tables in a join|too many|too large|stack overflow/i;

const defined = new WeakSet<DatabaseSync>();

/** SQLite itself has no functions for time zones or labels. */
function defineFunctions(db: DatabaseSync): void {
  if (defined.has(db)) return;
  db.function(localTimeFunction, { deterministic: true }, (utc, zone) => {
    if (typeof utc !== 'string' || typeof zone !== 'string') return null;
    return DateTime.fromISO(utc, { zone }).toISO({ includeOffset: false });
  });
  db.function(labelFunction, { deterministic: true }, labelOfValue);
  defined.add(db);
}
