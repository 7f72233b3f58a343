import type { Mark, RowIssue } from '../../base/rowBytes.js';
import { nextStep } from '../rejection.js';
import type { Rejection, RejectionReason, RowUnit } from '../rejection.js';
import { RowError } from '../rowError.js';

/** What messages about the rows of one feed have in common. */
interface RejectedFeed {
  /** Name of the feed. */
  readonly feed: string;
  readonly columns: readonly string[];
  /** What a row is called in messages. Default: line. */
  readonly unit?: RowUnit | undefined;
}

interface RejectedRow {
  /** How a person finds it, if not by its number. */
  readonly name?: string | undefined;
  readonly start: Mark;
  readonly issue?: RowIssue | undefined;
  raw(): string;
}

/** Returns a row that cannot become a transaction as it is reported. */
export function rejectionOf(
  row: RejectedRow,
  { reason, detail, place: cell }: RowError,
  { feed, unit = 'line' }: RejectedFeed,
): Rejection {
  const line = cell.line ?? row.start.line;
  const place = row.name === undefined ? line : `${line} (${row.name})`;
  const message = `${feed} ${unit} ${place}: ${detail}; ${nextStep(reason, unit, cell.mend)}.`;
  const { column, value } = cell;
  return { file: feed, line, offset: row.start.offset, column, value, reason, message, raw: row.raw() };
}

/** Returns what is wrong with the form of a row. */
export function errorOfIssue(
  { issue, start }: RejectedRow,
  { columns, unit = 'line' }: RejectedFeed,
): RowError | undefined {
  if (issue === undefined) return undefined;
  const column = issue.cell === undefined ? undefined : columns[issue.cell];
  const subject = column === undefined ? `the ${unit}` : `the cell ${column}`;
  const reason = reasonOfIssue[issue.code] ?? 'malformed-row';
  return new RowError(reason, `${subject} ${issue.detail}`, { column, line: issue.line ?? start.line });
}

const reasonOfIssue: Readonly<Record<string, RejectionReason>> = {
  nested: 'nested-value',
  'too-long': 'row-too-long',
  'not-utf8': 'not-utf8',
};
