import { ownText } from '../../base/text/ownText.js';
import { idempotencyKey } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import type { FeedEdges, FeedEntry } from '../feed.js';
import type { MadeJournal } from './rowJournals.js';
import type { Mapping } from './mapping.js';

interface Made {
  readonly naturalKey: string;
  readonly member: string;
  readonly journals: readonly MadeJournal[];
  readonly enrollment: Transaction['enrollment'];
}

/** Returns the transactions of the journals that a row, or a group of rows, becomes. */
export function madeTransactions(
  { source }: Pick<Mapping, 'source'>,
  { naturalKey, member, journals, enrollment }: Made,
): Transaction[] {
  return journals.map(({ suffix, journal }) => ({
    key: idempotencyKey(source, suffix === undefined ? naturalKey : `${naturalKey}:${suffix}`),
    member: ownText(member),
    journal,
    ...(enrollment && { enrollment }),
  }));
}

/** Returns the entry of these transactions. Without `journals` in the mapping, there is one. */
export function entryOf(
  { journals }: Pick<Mapping, 'journals'>,
  transactions: readonly Transaction[],
  place: Pick<FeedEntry, 'line'> & { readonly edges?: FeedEdges | undefined },
): FeedEntry {
  const [transaction] = transactions;
  return journals[0]?.name === undefined && transaction
    ? { kind: 'transaction', transaction, ...place }
    : { kind: 'transactions', transactions, ...place };
}
