import { hash } from 'node:crypto';
import type { Transaction } from '../../transaction.js';

/** A statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * The statement that stores an entry in the inbox of an outbox, and about how many bytes it has.
 */
export function entryStatement(
  outbox: string,
  transactions: readonly Transaction[],
): Statement & { readonly bytes: number } {
  const content = JSON.stringify(transactions);
  const keys = [...new Set(transactions.map(({ key }) => keyHash(key)))];
  return {
    // The row of the head is locked until the commit, so that no entry becomes visible before one with a smaller number.
    text: `WITH head AS (
         INSERT INTO loyalty_outbox.inbox_head (outbox, number, handed_in) VALUES ($1, 1, $2)
         ON CONFLICT (outbox) DO UPDATE
           SET number = inbox_head.number + 1, handed_in = inbox_head.handed_in + excluded.handed_in
         RETURNING number, handed_in)
       INSERT INTO loyalty_outbox.inbox (outbox, number, handed_in, transactions, keys)
       SELECT $1, number, handed_in, $3, $4 FROM head`,
    values: [outbox, transactions.length, content, keys],
    bytes: Buffer.byteLength(content),
  };
}

/** A number by which entries with a key are found, among a few others. */
export function keyHash(key: string): string {
  return hash('sha256', key, 'buffer').readBigInt64BE().toString();
}
