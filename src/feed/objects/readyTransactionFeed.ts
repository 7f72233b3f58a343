import type { Mark } from '../../base/rowBytes.js';
import { NdjsonReader } from '../../base/ndjson.js';
import type { NdjsonRow } from '../../base/ndjson.js';
import { Transaction } from '../../transaction.js';
import { FeedBytes } from '../bytes/feedBytes.js';
import type { ByteSource } from '../bytes/byteSource.js';
import { splitBytes } from '../bytes/splitBytes.js';
import type { Feed, FeedEntry, FeedPosition, FeedStretch, ReadOptions } from '../feed.js';
import { growthOf, stretchesOf, untilAborted } from '../feedReading.js';
import type { EntryMapper } from '../feedReading.js';
import type { Repeats } from '../mapping/mappingFile.js';
import type { RejectionReason } from '../rejection.js';
import { rowsOf } from '../rowFormat.js';
import { noObjectOf } from './objectLine.js';
import { objectSource } from './objectSource.js';
import { onceReadable } from './onceReadable.js';
import type { GivenRows } from './readyRows.js';
import type { GivenFeed } from './rowFeed.js';

export interface ReadyTransactionFeedOptions extends GivenFeed {
  readonly transactions: GivenRows<Transaction>;
  /** Whether transactions with the same key and the same content are one event. Default: `refuse`. */
  readonly repeats?: Repeats | undefined;
}

/**
 * A feed of transactions that are ready: no mapping is needed. Each key begins with the name of the source and a colon
 * ({@link idempotencyKey}). What is no transaction is a rejected row.
 *
 * Up to 1,000 transactions are taken before they are stored. Where one must be acknowledged after it is stored, push
 * it.
 */
export function readyTransactionFeed({ name, transactions, ...options }: ReadyTransactionFeedOptions): Feed {
  const source = objectSource(name, transactions);
  const feed: Feed = {
    name,
    repeats: options.repeats,
    growth: (from, signal) => growthOf(source, from, signal),
    read: (reading) => untilAborted(read(source, reading)),
  };
  return options.resumable === false ? onceReadable(feed) : feed;
}

async function* read(source: ByteSource, options: ReadOptions): AsyncGenerator<FeedStretch> {
  const { from, signal } = options;
  const bytes = new FeedBytes(source, from, signal);
  try {
    const reader = new NdjsonReader(from === undefined ? {} : { at: from });
    const rows = rowsOf(reader, splitBytes(bytes, from?.offset ?? 0).rest);
    yield* stretchesOf({ rows, bytes, mapper: new ReadyTransactions(source.name, from?.rows ?? 0) }, options);
  } finally {
    await bytes.close();
  }
}

class ReadyTransactions implements EntryMapper<NdjsonRow> {
  readonly problem = undefined;
  readonly #feed: string;
  #rows: number;

  constructor(feed: string, rows: number) {
    this.#feed = feed;
    this.#rows = rows;
  }

  get rows(): number {
    return this.#rows;
  }

  place({ offset, line }: Mark): Pick<FeedPosition, 'offset' | 'line' | 'rows' | 'group'> {
    const place = { offset, line, rows: this.#rows };
    return { ...place, group: place };
  }

  async entries(rows: readonly NdjsonRow[]): Promise<FeedEntry[]> {
    this.#rows += rows.length;
    return rows.map((row) => this.#entry(row));
  }

  #entry(row: NdjsonRow): FeedEntry {
    const { line } = row.start;
    const { issue } = row;
    if (issue?.code === 'not-json') return this.#rejected(row, 'malformed-row', noObjectOf(row.raw()));
    if (issue) return this.#rejected(row, issue.code === 'not-utf8' ? 'not-utf8' : 'row-too-long', issue);
    const { data, error } = Transaction.safeParse(row.value);
    if (data) return { kind: 'transaction', transaction: data, line };
    const [first] = error.issues;
    const detail = `is not a transaction (${first?.path.join('.') ?? ''}: ${first?.message ?? ''})`;
    return this.#rejected(row, 'malformed-row', { detail });
  }

  #rejected(
    row: NdjsonRow,
    reason: RejectionReason,
    { detail, raw = row.raw() }: { readonly detail: string; readonly raw?: string },
  ): FeedEntry {
    const { line, offset } = row.start;
    const file = this.#feed;
    const message = `${file} row ${line}: the row ${detail}; correct the row and give it again.`;
    return { kind: 'rejection', rejection: { file, line, offset, reason, message, raw }, line };
  }
}
