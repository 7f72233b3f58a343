import type { ResolvedTransactionFeed } from './transactionFeedOptions.js';

/** Returns the mapping file of a generated feed. */
export function feedMapping({ source, kinds }: ResolvedTransactionFeed): string {
  const subtype = kinds.some((kind) => kind.subtype !== '') ? ['  JournalSubTypeName: Subtype'] : [];
  return [
    '# Maps a feed of "generate feed" to transactions. docs/mapping.md explains every key of this file.',
    '',
    '# The first part of every idempotency key. Never change it for a feed that has been sent.',
    `source: ${JSON.stringify(source)}`,
    '',
    'key: Transaction',
    '',
    '# Rows without a member are rejected.',
    'member: Member',
    '',
    'journal:',
    '  ActivityDate: { date: Date }',
    '  JournalTypeName: Type',
    ...subtype,
    '  # A return has a negative amount, which takes the points back.',
    '  TransactionAmount: { number: Amount }',
    '  TransactionLocation: Location',
    '  # The purchase that is given back.',
    '  Comment: ReturnOf',
    '',
  ].join('\n');
}
