import { createHash, hash } from 'node:crypto';
import { z } from 'zod';
import { readDecimal, writeDecimal } from './base/decimal.js';
import { smallProduct } from './base/smallDecimal.js';
import { IndividualEnrollmentRequest } from './contract/endpoints/enrollmentEndpoints.js';

const FieldValue = z.union([z.string(), z.number(), z.boolean()]);
type JournalValue = z.infer<typeof FieldValue>;

/**
 * What a member is enrolled with, besides the membership number. Without a date, it is the time of the enrollment;
 * without a status, `Active`.
 */
export const EnrollmentDetails = IndividualEnrollmentRequest.omit({ membershipNumber: true }).partial({
  enrollmentDate: true,
  memberStatus: true,
});
export type EnrollmentDetails = z.infer<typeof EnrollmentDetails>;

/** A row has no usable details of its member. */
const MissingDetails = z.strictObject({
  /** Why, as a sentence. */
  problem: z.string(),
});

/**
 * One external event (a sale at a till, an order in a web shop), normalized and ready to become a TransactionJournal.
 */
export const Transaction = z.object({
  /** Idempotency key: name of the source, a colon, and the natural key of the event within that source. */
  key: z.string().min(1),
  /** Membership number of the member that the event belongs to. */
  member: z.string().min(1),
  /**
   * Fields of the journal by their API names, always including `ActivityDate` (ISO 8601, UTC) and `JournalTypeName`.
   * Money is text such as `"-15.30"`, so that no amount ever passes through a binary float.
   */
  journal: z.record(z.string(), FieldValue),
  /** What the member is enrolled with if the program does not have the member, and the run enrolls. */
  enrollment: z.union([EnrollmentDetails, MissingDetails]).optional(),
});
export type Transaction = z.infer<typeof Transaction>;

/**
 * Makes the idempotency key from the source and the natural key. By the prefix, the org can be asked whether it knows a
 * source at all.
 */
export function idempotencyKey(source: string, naturalKey: string): string {
  return `${source}:${naturalKey}`;
}

/** Version of the rules for hashing. Changing a rule changes the format of the outbox. */
const hashVersion = 2;

/** 22 characters of base64url hold 132 bits of a digest, enough that no two ever collide. */
const digestLength = 22;

/** Details are only compared with those of the same key, so 72 bits are enough. */
const detailsLength = 12;

/**
 * The fields that, together with the member, identify a transaction: if they differ under the same key, it is another
 * purchase. If the org accepts several names for one field, they count as one.
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

/** Inputs of a route's process or action; they are not journal fields. They are content, too. */
export const routeInputs = ['PointsToCredit', 'ProgramCurrencyName', 'UsageIncrementForCumulativePromotion'] as const;
export type RouteInput = (typeof routeInputs)[number];

/** The order in which they are hashed. */
const contentOrder = [...new Set(contentFields.values())];

/** Spellings that have been looked up. A feed has few, and asks for each of them in every row. */
const knownSpellings = new Map<string, string | undefined>();
const mostSpellings = 1000;

/** Returns the content field that a journal field stands for, in any spelling, or undefined for a detail. */
export function contentFieldOf(name: string): string | undefined {
  const known = knownSpellings.get(name);
  if (known !== undefined || knownSpellings.has(name)) return known;
  const field = contentFields.get(name.toLowerCase());
  if (knownSpellings.size < mostSpellings) knownSpellings.set(name, field);
  return field;
}

/**
 * Hashes the content: the member, ignoring case, and the fields of {@link contentFieldOf}. Their order in a mapping does
 * not matter. Numbers and instants are compared by value, not as text.
 */
export function contentHash({ member, journal }: Transaction): string {
  const values = new Array<string | null>(contentOrder.length).fill(null);
  for (const name of Object.keys(journal)) {
    const field = contentFieldOf(name);
    if (field !== undefined) values[contentOrder.indexOf(field)] = canonical(field, journal[name] ?? '');
  }
  const parts: unknown[] = [hashVersion, member.toLowerCase(), values];
  for (const name of routeInputs) if (journal[name] !== undefined) parts.push(name, canonical(name, journal[name]));
  return hashOf(JSON.stringify(parts)).slice(0, digestLength);
}

/** Hashes of the latest details. Many transactions of a feed have the same ones: a place, a product. */
const knownDetails = new Map<string, string>();
const mostDetails = 1000;

/** Hashes all fields that are not content. Their order does not matter. */
export function detailsHash({ journal }: Transaction): string {
  const names = detailNames(journal);
  const values = names.map((name) => journal[name]);
  const text = JSON.stringify([hashVersion, names, values]);
  const known = knownDetails.get(text);
  if (known !== undefined) return known;
  const hashed = hashOf(text).slice(0, detailsLength);
  if (knownDetails.size >= mostDetails) knownDetails.clear();
  knownDetails.set(text, hashed);
  return hashed;
}

/** Sorted names of details, by all names of a journal. The journals of a feed have few such lists. */
const knownNames = new Map<string, readonly string[]>();

function detailNames(journal: Transaction['journal']): readonly string[] {
  const all = Object.keys(journal);
  const list = all.join('\0');
  const known = knownNames.get(list);
  if (known !== undefined) return known;
  const names = all.filter((name) => contentFieldOf(name) === undefined && !isRouteInput(name)).sort();
  if (knownNames.size < mostSpellings) knownNames.set(list, names);
  return names;
}

/** Tells whether a value is not for the journal, but for the process or the action of a route. */
export function isRouteInput(name: string): boolean {
  return routeInputs.some((input) => input === name);
}

const numbers: ReadonlySet<string> = new Set([
  ...['TransactionAmount', 'Quantity', 'Distance'],
  ...['PointsToCredit', 'UsageIncrementForCumulativePromotion'],
]);

function canonical(field: string, value: JournalValue): string {
  const text = String(value);
  if (field === 'ActivityDate') {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text : String(Math.floor(time / 1000));
  }
  if (!numbers.has(field)) return text;
  const exact = smallProduct([text]) ?? readDecimal(text);
  return typeof exact === 'object' ? writeDecimal(exact) : (exact ?? text);
}

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/**
 * Control characters, white space at the ends, and lone surrogates. An org may strip or fold them, and no URL can hold
 * a lone surrogate, so the number would not be found again.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const fragile = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Surrogate}]|^\s|\s$/gu;

/**
 * Returns the text in `TransactionJournal.ExternalTransactionNumber` for a key. A key that is too long for the org's
 * field, or that the org might change, becomes a readable beginning and a SHA-256, so that it stays unique and can be
 * found. SOQL ignores case, so the caller must compare the result of a look-up exactly.
 */
export function externalTransactionNumber(key: string, maxLength: number): string {
  if (key.length <= maxLength && key.search(fragile) === -1) return key;
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, digestLength);
  return `${readable(key, maxLength)}~${digest}`;
}

/**
 * Returns the maximum length of the name of a source: the beginning that all its numbers share, colon included, must
 * fit before the digest.
 */
export function longestSourceName(maxLength: number): number {
  return maxLength - digestLength - 2;
}

/** Returns the beginning that all external transaction numbers of a source share, even those of long keys. */
export function sourcePrefix(source: string, maxLength: number): string {
  return readable(idempotencyKey(source, ''), maxLength);
}

function readable(key: string, maxLength: number): string {
  const cut = key.replace(fragile, '_').slice(0, maxLength - digestLength - 1);
  // The cut may have split a character.
  return cut.replace(/\p{Surrogate}/gu, '_');
}
