import { csvLine } from '../../base/csv/csvCell.js';
import { cellsOf, feedColumns } from './feedLines.js';
import type { FeedTruth } from './feedRows.js';

/** The header of a file that says what each row of a feed is. */
export function truthHeader(): string {
  return csvLine(['Line', 'Kind', 'Late', 'Reason', ...feedColumns]);
}

/** Returns what a row is, as a row of CSV. */
export function truthLine({ line, kind, isLate, reason, transaction }: FeedTruth): string {
  const cells = cellsOf(transaction);
  return csvLine([`${line}`, kind, `${isLate}`, reason ?? '', ...feedColumns.map((column) => cells[column])]);
}
