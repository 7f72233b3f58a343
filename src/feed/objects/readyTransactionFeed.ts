import type { Mark } from '../../base/rowBytes.js';
import { NdjsonReader } from '../../base/ndjson.js';
import type { NdjsonRow } from '../../base/ndjson.js';
import { Transaction } from '../../transaction.js';
import type { BytePosition } from '../bytes/bytePosition.js';
import { FeedBytes } from '../bytes/feedBytes.js';
import type { ByteSource } from '../bytes/byteSource.js';
import { splitBytes } from '../bytes/splitBytes.js';
import type { Feed, FeedEntry, FeedStretch } from '../feed.js';
import { byteReadOptions, growthOf, stretchesOf, untilAborted } from '../feedReading.js';
import type { ByteReadOptions, EntryMapper } from '../feedReading.js';
import type { Repeats } from '../mapping/mappingFile.js';
import type { Rejection, RejectionReason } from '../rejection.js';
import { rowsOf } from '../rowFormat.js';
import { JournalCheck } from './journalCheck.js';
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
    read: (reading) => untilAborted(read(source, byteReadOptions(source, reading))),
  };
  return options.resumable === false ? onceReadable(feed) : feed;
}

async function* read(source: ByteSource, options: ByteReadOptions): AsyncGenerator<FeedStretch> {
  const { from, signal, target } = options;
  const bytes = new FeedBytes(source, from, signal);
  try {
    const reader = new NdjsonReader(from === undefined ? {} : { at: from });
    const rows = rowsOf(reader, splitBytes(bytes, from?.offset ?? 0).rest);
    const check = target && new JournalCheck(target);
    const mapper = new ReadyTransactions({ feed: source.name, rows: from?.rows ?? 0, check });
    yield* stretchesOf({ rows, bytes, mapper }, options);
  } finally {
    await bytes.close();
  }
}

interface RejectedDetail extends Pick<Rejection, 'column' | 'value'> {
  readonly detail: string;
  readonly raw?: string;
}

class ReadyTransactions implements EntryMapper<NdjsonRow> {
  readonly problem = undefined;
  readonly #feed: string;
  readonly #check: JournalCheck | undefined;
  #rows: number;

  constructor({ feed, rows, check }: { feed: string; rows: number; check: JournalCheck | undefined }) {
    this.#feed = feed;
    this.#rows = rows;
    this.#check = check;
  }

  get rows(): number {
    return this.#rows;
  }

  place({ offset, line }: Mark): Pick<BytePosition, 'offset' | 'line' | 'rows' | 'group'> {
    const place = { offset, line, rows: this.#rows };
    return { ...place, group: place };
  }

  async entries(rows: readonly NdjsonRow[]): Promise<FeedEntry[]> {
    this.#rows += rows.length;
    return rows.map((row) => this.#entry(row));
  }

  #entry(row: NdjsonRow): FeedEntry {
    const { issue } = row;
    if (issue?.code === 'not-json') return this.#rejected(row, 'malformed-row', noObjectOf(row.raw()));
    if (issue) return this.#rejected(row, issue.code === 'not-utf8' ? 'not-utf8' : 'row-too-long', issue);
    const { data, error } = Transaction.safeParse(row.value);
    if (data) return this.#checked(row, data);
    const [first] = error.issues;
    const detail = `is not a transaction (${first?.path.join('.') ?? ''}: ${first?.message ?? ''})`;
    return this.#rejected(row, 'malformed-row', { detail });
  }

  #checked(row: NdjsonRow, transaction: Transaction): FeedEntry {
    const problem = this.#check?.problemOf(transaction.journal);
    if (!problem) return { kind: 'transaction', transaction, line: row.start.line };
    const { reason, field, value, issue } = problem;
    const detail = `has "${value}" in journal.${field}, which ${issue}`;
    return this.#rejected(row, reason, { detail, column: `journal.${field}`, value });
  }

  #rejected(row: NdjsonRow, reason: RejectionReason, { detail, raw = row.raw(), ...place }: RejectedDetail): FeedEntry {
    const { line, offset } = row.start;
    const file = this.#feed;
    const message = `${file} row ${line}: the row ${detail}; correct the row and give it again.`;
    return { kind: 'rejection', rejection: { file, line, offset, ...place, reason, message, raw }, line };
  }
}
