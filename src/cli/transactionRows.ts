import { Messages } from '@salesforce/core';
import { decimalOf } from '../base/decimal.js';
import type { LedgerJournal } from '../client/index.js';
import type { TransactionRecord } from './results/transactionResults.js';
import { countText, dateText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.transactions');

/** Words for the states of a journal. Processed is what a journal is expected to be, and is not shown. */
const statusWords = new Map([
  ['pending', messages.getMessage('status.pending')],
  ['cancelled', messages.getMessage('status.cancelled')],
  ['error', messages.getMessage('status.error')],
]);

/** A journal as `--json` has it. */
export function transactionRecord(journal: LedgerJournal, member: string): TransactionRecord {
  const { id, number, activityDate, type, subtype, externalTransactionNumber, amount, points, fields } = journal;
  const status = fields['Status'];
  return {
    key: id,
    status: typeof status === 'string' ? status : null,
    member,
    number,
    activityDate,
    type,
    subtype,
    externalTransactionNumber,
    amount,
    product: journal.product,
    productCategory: journal.productCategory,
    points: points.map(({ currency, points: moved }) => ({ currency, points: moved })),
    fields: null,
  };
}

/** Those without a date come last. */
export function newestFirst(a: TransactionRecord, b: TransactionRecord): number {
  return (b.activityDate ?? '').localeCompare(a.activityDate ?? '');
}

/** A line for each currency. Only the first line of a journal says which one it is. */
export function transactionRows(record: TransactionRecord): Record<string, string>[] {
  const [first, ...others] = record.points?.length ? record.points : [undefined];
  const journal = {
    date: dateText(record.activityDate),
    journal: record.number ?? '–',
    type: typeText(record),
    amount: countText(record.amount),
  };
  const empty = { date: '', journal: '', type: '', amount: '' };
  return [{ ...journal, ...pointsCells(first) }, ...others.map((change) => ({ ...empty, ...pointsCells(change) }))];
}

/** The sum of each currency, in the order in which they occur: `+120 Stars, -5.5 Miles`. */
export function pointsSums(records: readonly TransactionRecord[]): string {
  const sums = new Map<string, ReturnType<typeof decimalOf>>();
  for (const { currency, points } of records.flatMap((record) => record.points ?? [])) {
    const name = currency ?? '–';
    sums.set(name, (sums.get(name) ?? decimalOf(0)).plus(decimalOf(points)));
  }
  return [...sums].map(([name, sum]) => `${signedText(sum.toNumber())} ${name}`).join(', ');
}

/** `Accrual: Purchase (pending)` */
export function typeText({ type, subtype, status }: TransactionRecord): string {
  const name = [type, subtype].filter((each) => each !== null).join(': ') || '–';
  const word = statusWords.get(status?.toLowerCase() ?? '');
  return word === undefined ? name : `${name} (${word})`;
}

function pointsCells(change: NonNullable<TransactionRecord['points']>[number] | undefined) {
  return { points: change ? signedText(change.points) : '–', currency: change?.currency ?? '' };
}

function signedText(points: number): string {
  return points > 0 ? `+${countText(points)}` : countText(points);
}
