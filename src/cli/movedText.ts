import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { MovedBalance } from '../client/index.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

interface Printer {
  log(line: string): void;
  logSuccess(line: string): void;
}

interface MovedRecord {
  readonly status: string;
  readonly balances: readonly MovedBalance[];
}

/** Prints that points were moved, now or by an earlier call, and the new balance. Anything else is printed already. */
export function showMoved(
  command: Printer,
  { status, balances }: MovedRecord,
  sentences: { readonly done: () => string; readonly known: () => string },
): void {
  if (status !== 'done' && status !== 'known') return;
  const [first = '', ...others] = wrapped(sentences[status]() + newBalanceText(balances), '');
  if (status === 'done') command.logSuccess(first);
  else command.log(first);
  for (const line of others) command.log(line);
}

/**
 * Returns what was moved, such as `100 Stars`, or `100 points` if the org did not tell the currency. The direction is
 * left to the verb.
 */
export function movedText(points: number, balances: readonly MovedBalance[]): string {
  return changesText(balances) || counted(points, 'point');
}

/** Returns `100 Stars, 100 Miles`. Empty if nothing is known. */
export function changesText(balances: readonly MovedBalance[]): string {
  return balances.map(({ change, currency }) => amountText(Math.abs(change), currency)).join(', ');
}

/** Empty if the org did not tell. */
function newBalanceText(balances: readonly MovedBalance[]): string {
  const told = balances.flatMap(({ balance, currency }) => (balance === null ? [] : amountText(balance, currency)));
  return told.length === 0 ? '' : ` ${messages.getMessage('info.newBalance', [told.join(', ')])}`;
}

/** Returns `1,250.5 Stars`. */
function amountText(points: number, currency: string): string {
  return `${countText(points)} ${currency}`;
}
