import type { Random } from '../../base/random.js';
import { pick } from '../feed/randomDraw.js';
import { cellsOf, lineOf } from './feedLines.js';
import type { FeedCells, FeedTransaction } from './feedLines.js';
import type { GeneratedFormat } from './transactionFeedOptions.js';

/**
 * What is wrong with a bad row. The names are the reasons with which a sync rejects it, except `unknown-member`, which
 * only the org can find out.
 */
export const badRowReasons = [
  'unreadable-date',
  'missing-member',
  'unknown-member',
  'unreadable-number',
  'missing-value',
  'missing-key',
  'malformed-row',
] as const;
export type BadRowReason = (typeof badRowReasons)[number];

const strangeDates = [
  'yesterday',
  '31/02/2026',
  '2026-02-30T10:00:00Z',
  '2026-13-01T10:00:00Z',
  '2026-11-05T25:61:00Z',
];
const strangeAmounts = ['twelve', '12,50', '9.90 EUR', '1.2.3'];

/** Returns a line that cannot become a transaction of a member. */
export function badLine(
  transaction: FeedTransaction,
  reason: BadRowReason,
  { format, random }: { readonly format: GeneratedFormat; readonly random: Random },
): string {
  if (reason === 'malformed-row') return cutOff(lineOf(transaction, format), format);
  return lineOf({ ...cellsOf(transaction), ...damage(reason, random) }, format);
}

function damage(reason: Exclude<BadRowReason, 'malformed-row'>, random: Random): Partial<FeedCells> {
  switch (reason) {
    case 'unreadable-date':
      return { Date: pick(random, strangeDates) };
    case 'missing-member':
      return { Member: '' };
    case 'unknown-member':
      return { Member: `UNKNOWN-${random.integer(1, 99)}` };
    case 'unreadable-number':
      return { Amount: pick(random, strangeAmounts) };
    case 'missing-value':
      return { Amount: '' };
    case 'missing-key':
      return { Transaction: '' };
  }
}

/** As a writer leaves a line that it could not finish. */
function cutOff(line: string, format: GeneratedFormat): string {
  if (format === 'ndjson') return `${line.slice(0, Math.floor(line.length / 2))}\n`;
  return `${line.split(',', 4).join(',')}\r\n`;
}
