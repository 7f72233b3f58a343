import { createHash, hash } from 'node:crypto';
import { z } from 'zod';
import { readDecimal } from './base/decimal.js';

const FieldValue = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One external event (a line of a till, an order of a web shop), normalized and ready to become a TransactionJournal.
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

/** Version of the rule by which contents are hashed. A change of the rule is a change of the outbox's format. */
const hashVersion = 1;

/**
 * The fields that make a transaction what it is, beside its member: if they differ under the same key, it is another
 * purchase. Where the org takes several names for one field, they are one.
 */
const contentFields: ReadonlyMap<string, string> = new Map([
  ['activitydate', 'ActivityDate'],
  ['journaltypename', 'JournalType'],
  ['journaltype', 'JournalType'],
  ['journaltypeid', 'JournalTypeId'],
  ['journalsubtypename', 'JournalSubType'],
  ['journalsubtype', 'JournalSubType'],
  ['journalsubtypeid', 'JournalSubTypeId'],
  ['transactionamount', 'TransactionAmount'],
  ['quantity', 'Quantity'],
  ['distance', 'Distance'],
]);

/** The content field that a journal field is, whatever its spelling; undefined for a detail. */
export function contentFieldOf(name: string): string | undefined {
  return contentFields.get(name.toLowerCase());
}

/**
 * Hash of the content: the member, in any case of letters, and the fields of {@link contentFieldOf}. Fields are sorted,
 * so that their order in a mapping does not matter; numbers and instants are compared as such, not as text.
 */
export function contentHash({ member, journal }: Transaction): string {
  const fields = Object.entries(journal).flatMap(([name, value]) => {
    const field = contentFieldOf(name);
    return field === undefined ? [] : [[field, canonical(field, value)]];
  });
  return hashOf([hashVersion, member.toLowerCase(), sorted(fields)]);
}

/** Hash of all fields that are not content. */
export function detailsHash({ journal }: Transaction): string {
  return hashOf([hashVersion, sorted(Object.entries(journal).filter(([name]) => contentFieldOf(name) === undefined))]);
}

function canonical(field: string, value: z.infer<typeof FieldValue>): string {
  const text = String(value);
  if (field === 'ActivityDate') {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text : String(Math.floor(time / 1000));
  }
  const isNumber = field === 'TransactionAmount' || field === 'Quantity' || field === 'Distance';
  return (isNumber && readDecimal(text)?.toString()) || text;
}

function sorted(fields: unknown[][]): unknown[][] {
  return fields.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function hashOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'base64url');
}

/** 22 characters of base64url carry 132 bits of the digest: enough that no two keys of an org ever meet. */
const digestLength = 22;

/**
 * Controls, blanks at the ends, and halves of characters: an org may strip or fold them, and no URL can hold a half, so
 * that the number would not be found again.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const fragile = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Surrogate}]|^\s|\s$/gu;

/**
 * The text that stands in `TransactionJournal.ExternalTransactionNumber` for a key. A key that is too long for the
 * org's field, or that may not survive the way there and back, becomes a readable beginning and a SHA-256, so that it
 * stays unique and findable. SOQL compares text without case: whoever looks a number up compares what comes back
 * exactly.
 */
export function externalTransactionNumber(key: string, maxLength: number): string {
  if (key.length <= maxLength && key.search(fragile) === -1) return key;
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, digestLength);
  return `${readable(key, maxLength)}~${digest}`;
}

/** Longest name of a source: what every number of it begins with, colon included, must fit before the digest. */
export function longestSourceName(maxLength: number): number {
  return maxLength - digestLength - 2;
}

/** What every external transaction number of a source begins with, long keys included. */
export function sourcePrefix(source: string, maxLength: number): string {
  return readable(idempotencyKey(source, ''), maxLength);
}

function readable(key: string, maxLength: number): string {
  const cut = key.replace(fragile, '_').slice(0, maxLength - digestLength - 1);
  // The cut may have gone through a character.
  return cut.replace(/\p{Surrogate}/gu, '_');
}
