import { csvLine } from '../../base/csv/csvCell.js';
import type { GeneratedFormat } from './transactionFeedOptions.js';

/** A transaction of a generated feed. */
export interface FeedTransaction {
  /** Unique in the feed. */
  readonly number: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Membership number. */
  readonly member: string;
  /** Names of the journal type and subtype. */
  readonly type: string;
  readonly subtype: string;
  /** Negative for a return. */
  readonly cents: number;
  readonly location: string;
  /** Number of the purchase that is given back. Empty for a purchase. */
  readonly returnOf: string;
}

/** The columns of a generated feed. */
export const feedColumns = [
  'Transaction',
  'Date',
  'Member',
  'Type',
  'Subtype',
  'Amount',
  'Location',
  'ReturnOf',
] as const;
export type FeedCells = Readonly<Record<(typeof feedColumns)[number], string>>;

export function cellsOf(transaction: FeedTransaction): FeedCells {
  const { number, member, type, subtype, cents, location, returnOf } = transaction;
  return {
    Transaction: number,
    Date: instantText(transaction.time),
    Member: member,
    Type: type,
    Subtype: subtype,
    Amount: amountText(cents),
    Location: location,
    ReturnOf: returnOf,
  };
}

/** Formats seconds since 1970 as ISO 8601, in UTC. */
export function instantText(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
}

/** Formats cents as a decimal number: -1250 is `-12.50`. */
export function amountText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Returns the line before the rows: NDJSON has none. */
export function headerLine(format: GeneratedFormat): string {
  return format === 'csv' ? csvLine(feedColumns) : '';
}

/** Returns a row with its line end. In NDJSON, amounts are numbers, and what is empty is left out. */
export function lineOf(row: FeedTransaction | FeedCells, format: GeneratedFormat): string {
  const cells = 'number' in row ? cellsOf(row) : row;
  if (format === 'csv') return csvLine(feedColumns.map((column) => cells[column]));
  const filled = Object.entries(cells).filter(([, value]) => value !== '');
  return `${JSON.stringify(Object.fromEntries(filled.map(([name, value]) => [name, jsonValue(name, value)])))}\n`;
}

function jsonValue(name: string, value: string): string | number {
  return name === 'Amount' && /^-?\d+\.\d\d$/.test(value) ? Number(value) : value;
}
