import type { HistoryJournal } from '../client/index.js';
import type { TransactionRecord } from './results/transactionResults.js';
import { countText, dateText } from './terminal/terminalText.js';
import { typeText } from './transactionRows.js';

/** Shown in words, or the same for every journal of a member. */
const shownOtherwise = new Set([
  ...['Id', 'attributes', 'Status', 'ActivityDate', 'TransactionAmount', 'LoyaltyProgramId', 'MemberId'],
  ...['JournalTypeId', 'JournalSubTypeId', 'CurrencyIsoCode'],
]);

/** A journal of the history as `--json` has it. The guide's sample has no Id, number and status; clients read them. */
export function historyRecord({ type, subtype, fields }: HistoryJournal, member: string): TransactionRecord {
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    key: text('Id'),
    status: text('Status'),
    member,
    number: text('Name'),
    activityDate: text('ActivityDate'),
    type,
    subtype,
    externalTransactionNumber: text('ExternalTransactionNumber'),
    amount: numberIn(fields['TransactionAmount']),
    product: null,
    productCategory: null,
    points: null,
    fields,
  };
}

/** A number, also one that is written as text. */
function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A line of the table. */
export function historyLine(record: TransactionRecord): Record<string, string> {
  return {
    date: dateText(record.activityDate),
    type: typeText(record),
    amount: countText(record.amount),
    fields: furtherFields(record.fields ?? {}) || '–',
  };
}

/** `Channel: Web, Quantity: 2`; without those that are empty, which the history has as empty texts and zeros. */
function furtherFields(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([name, value]) => !shownOtherwise.has(name) && Boolean(value))
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(', ');
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return countText(value);
  if (value === true) return 'yes';
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^\d{4}-\d\d-\d\d(T|$)/.test(value) ? dateText(value) : value;
}
