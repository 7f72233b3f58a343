import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import { allRowsOf } from '../statementRows.js';
import type { ChildPages, QueryResult } from './childPages.js';
import type { AnswerRow, ChildRows } from './answerRow.js';
import type { ChildQuery, ChildrenNode, Node } from './recordPlan.js';
import { renderedUrl, renderRecord } from './renderRecords.js';
import type { SqlRow } from './renderRecords.js';

/** What the rows of one page become. */
export interface RowPlan {
  readonly apiVersion: string;
  readonly objectName: string;
  readonly nodes: readonly Node[];
  /** Column with the id of a row. */
  readonly idColumn: number;
  readonly pages: ChildPages;
}

/** Renders the rows of a page. Each sub-query runs once for the whole page, and so do those within it. */
export function renderRows(db: DatabaseSync, plan: RowPlan, rows: readonly SqlRow[]): AnswerRow[] {
  const { apiVersion, objectName, nodes, idColumn } = plan;
  const parentIds = rows.map((row) => String(row[idColumn]));
  const children = new Map<ChildrenNode, ReadonlyMap<string, ChildRows>>();
  for (const node of nodes)
    if (node.kind === 'children') children.set(node, childrenOf(db, plan, node.child, parentIds));
  return rows.map((row) => {
    const id = String(row[idColumn]);
    const identity = { type: objectName, url: renderedUrl(apiVersion, objectName, id) };
    return renderRecord(apiVersion, identity, nodes, row, (node) => children.get(node)?.get(id) ?? null);
  });
}

function childrenOf(
  db: DatabaseSync,
  { apiVersion, pages }: RowPlan,
  { objectName, nodes, statement }: ChildQuery,
  parentIds: readonly string[],
): Map<string, ChildRows> {
  const plan: RowPlan = { apiVersion, objectName, nodes, idColumn: 1, pages };
  const groups = new Map<string, SqlRow[]>();
  for (const row of allRowsOf(db, statement(JSON.stringify(parentIds)))) {
    const siblings = groups.get(String(row[0]));
    if (siblings) siblings.push(row);
    else groups.set(String(row[0]), [row]);
  }
  const shown = [...groups.values()].flatMap((siblings) => siblings.slice(0, pages.size));
  const records = renderRows(db, plan, shown);
  const answers = new Map<string, ChildRows>();
  let next = 0;
  for (const [parentId, { length }] of groups) {
    const first = records.slice(next, next + Math.min(length, pages.size));
    next += first.length;
    answers.set(
      parentId,
      childRows(first, length, () => laterPages(db, plan, statement, parentId, length)),
    );
  }
  return answers;

  function childRows(first: AnswerRow[], totalSize: number, all: () => QueryResult): ChildRows {
    if (first.length === totalSize) return { totalSize, done: true, records: first };
    return { totalSize, done: false, nextRecordsUrl: pages.open(all()), records: first };
  }
}

/** The pages of one record's children. Only their number is kept; the rows are read again for each page. */
function laterPages(
  db: DatabaseSync,
  plan: RowPlan,
  statement: ChildQuery['statement'],
  parentId: string,
  totalSize: number,
): QueryResult {
  return {
    totalSize,
    records: (offset, limit) => {
      const rows = allRowsOf(db, statement(JSON.stringify([parentId])));
      return renderRows(db, plan, rows.slice(offset, offset + limit));
    },
  };
}
