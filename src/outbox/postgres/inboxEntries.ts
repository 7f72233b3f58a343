import { hash } from 'node:crypto';
import type { Transaction } from '../../transaction.js';
import type { OutboxOwner } from '../outbox.js';

/** A statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Whose inbox it is. */
export interface InboxPlace {
  /** The id of its outbox. */
  readonly outbox: string;
  /** Undefined if anybody may own it. */
  readonly owner: OutboxOwner | undefined;
}

/**
 * Returns the statement that stores an entry in an inbox, and about how many bytes it has. It stores nothing if the
 * outbox is gone, or is another's.
 */
export function entryStatement(
  { outbox, owner }: InboxPlace,
  transactions: readonly Transaction[],
): Statement & { readonly bytes: number } {
  const content = JSON.stringify(transactions);
  const keys = [...new Set(transactions.map(({ key }) => keyHash(key)))];
  return {
    // The row of the head is locked until the commit, so that no entry becomes visible before one with a smaller number.
    text: `WITH head AS (
         INSERT INTO loyalty_outbox.inbox_head (outbox, number, handed_in)
         SELECT id, 1, $2::bigint FROM loyalty_outbox.outbox
         WHERE id = $1 AND ($5::text IS NULL OR (org_id = $5 AND program_id = $6))
         ON CONFLICT (outbox) DO UPDATE
           SET number = inbox_head.number + 1, handed_in = inbox_head.handed_in + excluded.handed_in
         RETURNING number, handed_in)
       INSERT INTO loyalty_outbox.inbox (outbox, number, handed_in, transactions, keys)
       SELECT $1, number, handed_in, $3, $4 FROM head`,
    values: [outbox, transactions.length, content, keys, owner?.orgId, owner?.programId],
    bytes: Buffer.byteLength(content),
  };
}

/** A number by which entries with a key are found, among a few others. */
export function keyHash(key: string): string {
  return hash('sha256', key, 'buffer').readBigInt64BE().toString();
}
