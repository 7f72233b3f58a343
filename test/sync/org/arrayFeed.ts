import type { BytePosition } from '../../../src/feed/bytes/bytePosition.js';
import type { Feed, FeedEntry, ReadOptions } from '../../../src/feed/index.js';
import { idempotencyKey } from '../../../src/transaction.js';
import type { Transaction } from '../../../src/transaction.js';

/** A transaction, a further line of the one before it, or a row that is none. */
export type TestRow = Transaction | 'grouped' | 'rejected' | 'skipped';

export const source = 'till';

const amounts: Readonly<Record<string, string>> = { coffee: '3.00', tea: '4.00', cake: '5.00' };

/** Returns a purchase of a member; with another `what`, it is another purchase under the same key. */
export function purchase(key: string, member: string, what = 'coffee'): Transaction {
  return {
    key: idempotencyKey(source, key),
    member,
    journal: {
      ActivityDate: '2026-04-03T08:00:00Z',
      JournalTypeName: 'Accrual',
      TransactionAmount: amounts[what] ?? '1.00',
      Item__c: what,
    },
  };
}

/** Returns purchases `1`, `2` … of the members in turn. */
export function purchases(count: number, members: readonly string[]): Transaction[] {
  return Array.from({ length: count }, (_, index) => purchase(String(index + 1), members[index % members.length]!));
}

/** Returns a feed of rows in memory, delivered in groups of `stretch` rows. */
export function arrayFeed(
  rows: readonly TestRow[],
  { name = 'till.csv', stretch = 50, repeats }: { name?: string; stretch?: number; repeats?: 'accept' } = {},
): Feed {
  return {
    name,
    repeats,
    growth: async (from) => (rows.length > from.rows ? { bytes: rows.length - from.rows } : undefined),
    async *read({ from, limit = Infinity, signal }: ReadOptions) {
      const first = from?.rows ?? 0;
      const last = Math.min(rows.length, first + limit);
      for (let at = first, end: number; at < last && !signal?.aborted; at = end) {
        end = Math.min(at + stretch, last);
        // A group is never divided.
        while (rows[end] === 'grouped') end++;
        const entries = rows.slice(at, end).map((row, index) => toEntry(name, row, at + index));
        yield { entries, position: positionAfter(end) };
      }
    },
  };
}

function toEntry(name: string, row: TestRow, index: number): FeedEntry {
  const place = { line: index + 2 };
  if (row === 'skipped' || row === 'grouped') return { kind: row, ...place };
  if (row !== 'rejected') return { kind: 'transaction', transaction: row, ...place };
  const rejection = {
    file: name,
    line: index + 2,
    offset: index,
    reason: 'missing-member' as const,
    message: `${name}, line ${index + 2}: no member.`,
    raw: 'x,y',
  };
  return { kind: 'rejection', rejection, ...place };
}

function positionAfter(rows: number): BytePosition {
  return {
    offset: rows,
    line: rows + 2,
    rows,
    group: { offset: rows, line: rows + 2, rows },
    sha256: '',
    head: { offset: 0, sha256: '' },
  };
}
