import { DateTime } from 'luxon';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { AnswerRow } from './answer/answerRow.js';
import { undivided } from './answer/childPages.js';
import type { ChildPages, QueryResult } from './answer/childPages.js';
import { renderRecord } from './answer/renderRecords.js';
import type { SqlRow } from './answer/renderRecords.js';
import { renderRows } from './answer/renderRows.js';
import type { CompiledQuery } from './compileQuery.js';
import { formatFunction, formattedValue } from './formattedColumns.js';
import { labelFunction, labelOfValue } from './labelColumns.js';
import { SoqlError } from './soqlErrors.js';
import { localTimeFunction } from './soqlFunctions.js';
import { allRowsOf, firstRowsOf } from './statementRows.js';

/** Maximum number of rows in a page (Salesforce limit). An answer with more rows is kept as ids instead of rows. */
export const maxPageSize = 2000;

const tooManyGroups =
  'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';

/**
 * Runs the query once. If the answer fits in a page, its rows are kept. Otherwise only the ids are kept, which fixes
 * their order and number, and the rows of a page are read on request. A row that was erased in between is missing.
 *
 * @param pages how the children of a record are divided. Default: not at all
 */
export function runQuery(db: DatabaseSync, query: CompiledQuery, pages: ChildPages = undivided): QueryResult {
  defineFunctions(db);
  if (query.shape === 'count') {
    const [row] = firstRowsOf(db, query.statement, 1);
    return { totalSize: Number(row?.[0] ?? 0), records: () => [] };
  }
  const rows = firstRowsOf(db, query.statement, maxPageSize + 1);
  if (query.shape === 'aggregates' && rows.length > maxPageSize)
    throw new SoqlError('EXCEEDED_ID_LIMIT', tooManyGroups);
  if (rows.length <= maxPageSize)
    return result(rows.length, (from, to) => render(db, query, rows.slice(from, to), pages));
  const [row] = firstRowsOf(db, query.ids(), 1);
  const ids = String(row?.[0]);
  return result(ids.length / idLength, (from, to) => {
    const page = query.page(JSON.stringify(idsIn(ids.slice(from * idLength, to * idLength))));
    return render(db, query, allRowsOf(db, page), pages);
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

function render(db: DatabaseSync, query: CompiledQuery, rows: readonly SqlRow[], pages: ChildPages): AnswerRow[] {
  const { apiVersion, object, nodes } = query;
  if (query.shape === 'aggregates') {
    return rows.map((row) => renderRecord(apiVersion, { type: 'AggregateResult' }, nodes, row, () => null));
  }
  return renderRows(db, { apiVersion, objectName: object.name, nodes, idColumn: 0, pages }, rows);
}

const defined = new WeakSet<DatabaseSync>();

/** SQLite itself has no functions for time zones, labels or locales. */
function defineFunctions(db: DatabaseSync): void {
  if (defined.has(db)) return;
  db.function(localTimeFunction, { deterministic: true }, (utc, zone) => {
    if (typeof utc !== 'string' || typeof zone !== 'string') return null;
    return DateTime.fromISO(utc, { zone }).toISO({ includeOffset: false });
  });
  db.function(labelFunction, { deterministic: true }, labelOfValue);
  db.function(formatFunction, { deterministic: true }, formattedValue);
  defined.add(db);
}
