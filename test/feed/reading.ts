import { endedGroupsInMemory } from '../../src/feed/index.js';
import type { Feed, FeedEntry, FeedPosition, ReadOptions, Rejection } from '../../src/feed/index.js';

/** The shortest mapping of invoice lines. */
export const invoiceLines = `
source: shop
key: { columns: [Invoice, Code], occurrenceWithin: Invoice }
member: Member
journal:
  ActivityDate: { date: Date, format: d/M/yyyy, zone: Europe/London }
  JournalTypeName: { value: Accrual }
  TransactionAmount: { multiply: [Quantity, Price], decimals: 2 }
`;

export const header = 'Invoice,Code,Member,Date,Quantity,Price';

export async function readAll(feed: Feed, options: Partial<ReadOptions> = {}): Promise<FeedEntry[]> {
  return (await readPart(feed, options)).entries;
}

/** Entries, and the position after them as it is read back from a store. */
export async function readPart(
  feed: Feed,
  options: Partial<ReadOptions> = {},
): Promise<{ entries: FeedEntry[]; position: FeedPosition }> {
  const entries: FeedEntry[] = [];
  let last = options.from;
  for await (const { entries: some, position } of feed.read({ endedGroups: endedGroupsInMemory(), ...options })) {
    entries.push(...some);
    last = position;
  }
  return { entries, position: JSON.parse(JSON.stringify(last ?? null)) as FeedPosition };
}

/** Returns one text for each entry: the key, or keys, the reason of the rejection, `grouped`, or `skipped`. */
export function outcome(entry: FeedEntry): string {
  if (entry.kind === 'transaction') return entry.transaction.key;
  if (entry.kind === 'transactions') return entry.transactions.map(({ key }) => key).join(' ');
  return entry.kind === 'rejection' ? entry.rejection.reason : entry.kind;
}

export function rejections(entries: readonly FeedEntry[]): Rejection[] {
  return entries.flatMap((entry) => (entry.kind === 'rejection' ? [entry.rejection] : []));
}

export async function* chunked(bytes: Uint8Array, cuts: readonly number[] = []): AsyncIterable<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, place] of places.slice(1).entries()) yield bytes.subarray(places[index], place);
}

export function stream(text: string | Uint8Array): AsyncIterable<Uint8Array> {
  return chunked(typeof text === 'string' ? Buffer.from(text) : text);
}

export async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It should have thrown.');
}
