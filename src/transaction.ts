import { createHash } from 'node:crypto';
import { z } from 'zod';

const FieldValue = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One external event (a line of a till, an order of a web shop), normalised and ready to become a TransactionJournal.
 */
export const Transaction = z.object({
  /** Idempotency key: name of the source, a colon, and the natural key of the event within that source. */
  key: z.string().min(1),
  /** Membership number of the member that the event belongs to. */
  member: z.string().min(1),
  /**
   * Fields of the journal by their API names, among them always `ActivityDate` (ISO 8601, UTC) and `JournalTypeName`.
   * Money is text such as `"-15.30"`, so that no amount ever passes through a binary float.
   */
  journal: z.record(z.string(), FieldValue),
});
export type Transaction = z.infer<typeof Transaction>;

/** Source and natural key make the idempotency key. The prefix lets the org be asked whether it knows a source at all. */
export function idempotencyKey(source: string, naturalKey: string): string {
  return `${source}:${naturalKey}`;
}

/**
 * Hash of what the transaction says, without its key: the same key with another hash is a conflict.
 * Fields are sorted, so that their order in a mapping does not matter.
 */
export function contentHash(transaction: Transaction): string {
  const fields = Object.entries(transaction.journal).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([transaction.member, fields]))
    .digest('hex');
}

/** 22 characters of base64url carry 132 bits of the digest: enough that no two keys of an org ever meet. */
const digestLength = 22;

/**
 * The text that stands in `TransactionJournal.ExternalTransactionNumber` for a key. A key that is too long for the
 * org's field becomes a readable beginning and a SHA-256, so that it stays unique and findable.
 * SOQL compares text without case: whoever looks a number up compares what comes back exactly.
 */
export function externalTransactionNumber(key: string, maxLength: number): string {
  if (key.length <= maxLength) return key;
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, digestLength);
  return `${key.slice(0, readableLength(maxLength))}~${digest}`;
}

/** What every external transaction number of a source begins with, long keys included. */
export function sourcePrefix(source: string, maxLength: number): string {
  return idempotencyKey(source, '').slice(0, readableLength(maxLength));
}

function readableLength(maxLength: number): number {
  return maxLength - digestLength - 1;
}
