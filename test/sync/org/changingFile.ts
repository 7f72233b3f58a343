import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import type { Random } from '../../../src/base/random.js';
import { csvFormat } from '../../../src/feed/csvFeedFormat.js';
import { feedOf } from '../../../src/feed/readFeed.js';
import { parseMapping } from '../../../src/feed/index.js';
import type { Feed } from '../../../src/feed/index.js';
import type { ByteSource } from '../../../src/feed/bytes/byteSource.js';
import type { Transaction } from '../../../src/transaction.js';
import { source } from './arrayFeed.js';

/** The key comes first, so that half a line never has another key. A date without its end can still be a date. */
export const header = 'Key,Member,Amount,Item,Date';
export const mapping = parseMapping(
  [
    `source: ${source}`,
    'key: Key',
    'member: Member',
    'journal:',
    '  ActivityDate: { date: Date, zone: UTC }',
    '  JournalTypeName: { value: Accrual }',
    '  TransactionAmount: { number: Amount }',
    '  Item__c: Item',
  ].join('\n'),
  'map.yml',
);

/**
 * A real file with purchases that grows, ends in half a line, is replaced or truncated, and gets lines in the middle.
 */
export class ChangingFile {
  readonly #path: string;
  readonly #random: Random;
  /** Purchases that have not happened yet. */
  readonly #future: Transaction[];
  #rows: Transaction[] = [];
  /** How much of the next line is already in the file, without a line end. */
  #torn = 0;
  #hasOnlyGrown = true;

  constructor(path: string, future: readonly Transaction[], random: Random) {
    this.#path = path;
    this.#random = random;
    this.#future = [...future];
    this.#write();
  }

  /** Purchases whose complete line is in the file. */
  get rows(): readonly Transaction[] {
    return this.#rows;
  }

  /** True if only complete lines were appended: such a file must never be taken for another one. */
  get hasOnlyGrown(): boolean {
    return this.#hasOnlyGrown;
  }

  /** Appends lines and completes an incomplete one. */
  grow(lines: number): void {
    this.#rows.push(...this.#future.splice(0, lines));
    this.#torn = 0;
    this.#write();
  }

  /** Appends half a line, as a writer does that is still writing or was stopped. */
  tear(): void {
    const [next] = this.#future;
    if (!next) return;
    const { length } = lineOf(next);
    const date = lineOf(next).lastIndexOf(',') + 1;
    // Half a date can be a date: the year, with the month, with the day.
    const cuts = [date + 4, date + 7, date + 10, this.#random.integer(1, length - 1)];
    this.#torn = cuts[this.#random.integer(0, cuts.length - 1)] ?? 1;
    this.#hasOnlyGrown = false;
    this.#write();
  }

  /** Replaces the file by the next one of the same name: later purchases, and some of the earlier ones. */
  replace(lines: number): void {
    const kept = this.#rows.filter(() => this.#random.next() < 0.3);
    const fresh = this.#future.splice(0, lines);
    this.#change(this.#random.next() < 0.5 ? [...fresh, ...kept] : [...kept, ...fresh]);
  }

  /** Cuts off lines, which are written again later, or never. */
  truncate(): void {
    const cut = this.#rows.splice(this.#random.integer(0, this.#rows.length));
    const isCopied = this.#random.next() < 0.5;
    if (isCopied) this.#future.unshift(...cut);
    this.#change(this.#rows);
    if (isCopied && this.#random.next() < 0.5) this.tear();
  }

  /** Inserts purchases before others that were written earlier. */
  putIn(): void {
    const late = this.#future.splice(0, this.#random.integer(1, 3));
    this.#change(this.#rows.toSpliced(this.#random.integer(0, this.#rows.length), 0, ...late));
  }

  /** Opens the file as a feed. @param stored receives the keys of every group of rows that its reader has stored */
  open(stored: (keys: readonly string[]) => void): Feed {
    const isWritten = this.#random.next() < 0.15;
    const meanwhile = (): void => {
      if (isWritten && this.#random.next() < 0.3) this.grow(this.#random.integer(1, 2));
    };
    const feed = feedOf(
      sourceOf(this.#path, { chunkBytes: this.#random.integer(16, 600), meanwhile }),
      mapping,
      csvFormat,
    );
    return {
      ...feed,
      async *read(options) {
        for await (const stretch of feed.read(options)) {
          yield stretch;
          // A reader that asks for more has stored what it received.
          stored(stretch.entries.flatMap((entry) => (entry.kind === 'transaction' ? entry.transaction.key : [])));
        }
      },
    };
  }

  #change(rows: Transaction[]): void {
    this.#rows = rows;
    this.#torn = 0;
    this.#hasOnlyGrown = false;
    this.#write();
  }

  #write(): void {
    const [next] = this.#future;
    const torn = next && this.#torn > 0 ? lineOf(next).slice(0, this.#torn) : '';
    writeFileSync(this.#path, [header, ...this.#rows.map(lineOf), torn].join('\n'));
  }
}

export function lineOf({ key, member, journal }: Transaction): string {
  const { TransactionAmount, Item__c, ActivityDate } = journal;
  return [key.slice(source.length + 1), member, TransactionAmount, Item__c, ActivityDate].join(',');
}

interface Reading {
  readonly chunkBytes: number;
  /** What happens between two chunks. */
  readonly meanwhile: () => void;
}

/** Reads each chunk at once, because virtual time would pass during a wait for a real disk. */
function sourceOf(path: string, reading: Reading): ByteSource {
  return {
    name: 'till.csv',
    size: async () => statSync(path).size,
    open: () => ({ chunks: chunksOf(path, reading), abandon: () => undefined }),
  };
}

async function* chunksOf(path: string, { chunkBytes, meanwhile }: Reading): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.alloc(chunkBytes);
      const read = readSync(file, chunk);
      if (read === 0) return;
      yield chunk.subarray(0, read);
      meanwhile();
    }
  } finally {
    closeSync(file);
  }
}
