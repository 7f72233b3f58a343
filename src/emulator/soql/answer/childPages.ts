import type { AnswerRow } from './answerRow.js';

/** The answer to a query. Its pages can be read later. */
export interface QueryResult {
  /** Number of rows in the whole answer. */
  readonly totalSize: number;
  /** Returns rows from `offset` on: at most `limit`, and never more than 2,000. */
  records(offset: number, limit: number): AnswerRow[];
}

/** How children are divided into pages: each record has the first page of its children, and the address of the next. */
export interface ChildPages {
  readonly size: number;
  /** @returns the path of the second page */
  open(children: QueryResult): string;
}

/** All children at once. */
export const undivided: ChildPages = { size: Number.POSITIVE_INFINITY, open: () => '' };
