import { transactionsPerPage } from '../contract/endpoints/transactionEndpoints.js';
import type { HistoryRow } from '../contract/endpoints/transactionEndpoints.js';
import { endless } from './everyPage.js';

/** A page of a member's history. */
export interface HistoryPage {
  /** Of all pages. Null where the org does not say. */
  readonly totalCount: number | null;
  readonly journals: readonly HistoryRow[];
}

/**
 * Reads page by page, until one is not full or all are there. Rows need not have an Id, and two of them can be alike, so
 * that a journal that moves to a later page meanwhile is there twice.
 *
 * @throws {LostAnswerError} when the pages do not end: a full one repeats the one before it
 */
export async function historyPages(page: (pageNumber: number) => Promise<HistoryPage>): Promise<HistoryRow[]> {
  const all: HistoryRow[] = [];
  let before = '';
  for (let pageNumber = 1; ; pageNumber += 1) {
    const { journals, totalCount } = await page(pageNumber);
    all.push(...journals);
    if (journals.length < transactionsPerPage || (totalCount !== null && all.length >= totalCount)) return all;
    const seen = JSON.stringify(journals);
    if (seen === before) throw endless('The journals', `page ${pageNumber} repeats page ${pageNumber - 1}`);
    before = seen;
  }
}
