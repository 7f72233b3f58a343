import { readDecimal } from '../../base/decimal.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';
import { journalInWords, journalOwnership, journalsNumbered } from './numberedJournals.js';

export interface WantedTransaction {
  readonly key: string;
  /** The key as written in ExternalTransactionNumber. */
  readonly number: string;
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly amount: string;
  /** Name of the type. */
  readonly journalType: string;
}

/** The org has the journal of this very transaction, and has not run it. With another key it would count twice. */
export class PendingTransactionError extends Error {
  override readonly name = 'PendingTransactionError';
  readonly actions: readonly string[];

  constructor(
    readonly key: string,
    readonly journalId: string,
  ) {
    super(`The org has the journal ${journalId} of the key ${key}, and has not run it. Nothing was sent.`);
    this.actions = [
      'Run that journal: `client.journals.run` or `client.journals.execute` with its Id. With a new key the purchase would count twice.',
    ];
  }
}

/**
 * Returns the journal of this transaction, if the org has run it. The number of a journal is not unique and anybody can
 * write one, so program, member, amount and type are compared. A failed journal has done nothing.
 *
 * @throws {PendingTransactionError} for a journal of this transaction that was not run: to run it is another call
 * @throws {KeyConflictError} for a key under which the org has something else
 */
export async function findTransaction(
  client: LoyaltyClient,
  wanted: WantedTransaction,
): Promise<JournalRow | undefined> {
  const journals = await journalsNumbered(client, wanted.number);
  if (journals.length === 0) return undefined;
  const isThis = await comparison(client, wanted);
  const found = journals.filter(({ Status }) => Status !== 'Error');
  const own = found.find((journal) => isThis(journal) && journal.Status !== 'Pending');
  if (own || found.length === 0) return own;
  const pending = found.find(isThis);
  if (pending) throw new PendingTransactionError(wanted.key, pending.Id);
  throw new KeyConflictError(wanted.key, found.map(journalInWords).join(', '));
}

async function comparison(
  client: LoyaltyClient,
  { program, member, amount, journalType }: WantedTransaction,
): Promise<(journal: JournalRow) => boolean> {
  const isOwn = await journalOwnership(client, { program, member });
  return (journal) =>
    isOwn(journal) &&
    (journal.TransactionAmount === undefined || isSameAmount(journal.TransactionAmount, amount)) &&
    (journal.JournalType?.Name ?? journalType).toLowerCase() === journalType.toLowerCase();
}

/** Currency fields keep two decimals, unless the org has others. */
function isSameAmount(stored: number | null, amount: string): boolean {
  const given = readDecimal(amount);
  if (stored === null || !given) return false;
  return readDecimal(String(stored))?.minus(given).abs().lessThan(0.01) ?? false;
}
