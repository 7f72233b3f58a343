import { readDecimal } from '../../base/decimal.js';
import type { JournalRow, LoyaltyClient, RewardedJournal } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';
import { journalInWords, journalOwnership, journalsNumbered } from './numberedJournals.js';

export interface WantedOrder {
  readonly key: string;
  /** The key as written in ExternalTransactionNumber. */
  readonly number: string;
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly journals: readonly RewardedJournal[];
}

/**
 * Returns the Ids of the journals of this order, if the org has stored them. The number of a journal is not unique and
 * anybody can write one, so program, member, status, count and amounts are compared. A failed journal has done nothing.
 *
 * @throws {KeyConflictError} for a key under which the org has something else
 */
export async function findOrder(client: LoyaltyClient, wanted: WantedOrder): Promise<string[] | undefined> {
  const found = (await journalsNumbered(client, wanted.number)).filter(({ Status }) => Status !== 'Error');
  if (found.length === 0) return undefined;
  const isOwn = await journalOwnership(client, wanted);
  const isStored = ({ Status }: JournalRow): boolean => Status !== 'Pending';
  if (found.every((journal) => isOwn(journal) && isStored(journal)) && hasSameAmounts(found, wanted.journals)) {
    return found.map(({ Id }) => Id);
  }
  throw new KeyConflictError(wanted.key, found.map(journalInWords).join(', '));
}

/** As many journals, and the same amounts in any order, where this user can see amounts. */
function hasSameAmounts(found: readonly JournalRow[], given: readonly RewardedJournal[]): boolean {
  if (found.length !== given.length) return false;
  if (found.some(({ TransactionAmount }) => TransactionAmount === undefined)) return true;
  const stored = found.map(({ TransactionAmount }) => cents(TransactionAmount)).sort();
  const wanted = given.map((journal) => cents(journal['TransactionAmount'])).sort();
  return stored.every((amount, index) => amount === wanted[index]);
}

/** Currency fields keep two decimals. */
function cents(amount: unknown): string {
  const text = typeof amount === 'number' || typeof amount === 'string' ? String(amount) : '';
  return readDecimal(text)?.toFixed(2) ?? '';
}
