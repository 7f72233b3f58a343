import { ObjectRows } from '../../feed/index.js';
import type { FeedEntry, JournalTarget, Mapping } from '../../feed/index.js';
import type { Transaction } from '../../transaction.js';
import { RowRejectedError } from './serviceErrors.js';

/** What a pushed row became. `skipped`: the mapping leaves such rows out. */
export type MappedPush = Transaction | RowRejectedError | 'skipped';

const name = 'push';

/** Turns pushed rows into transactions. */
export class PushMapper {
  readonly #rows: ObjectRows;

  /** @throws {FeedError} if the mapping does not fit the org, or numbers the rows of an invoice */
  constructor(mapping: Mapping, target: JournalTarget) {
    this.#rows = new ObjectRows(mapping, { target, name });
  }

  /** Returns what each row became, in order. */
  async map(rows: readonly object[]): Promise<readonly MappedPush[]> {
    if (rows.length === 0) return [];
    return (await this.#rows.entries(rows)).map(toMapped);
  }
}

function toMapped(entry: FeedEntry): MappedPush {
  if (entry.kind === 'skipped') return 'skipped';
  if (entry.kind === 'transaction') return entry.transaction;
  if (entry.kind === 'transactions' || entry.kind === 'grouped')
    throw new Error('A pushed row becomes one transaction.');
  const { reason, message, column, value, line } = entry.rejection;
  // Rows that were pushed together have nothing to do with each other, so the number of a row says nothing.
  const text = message.replace(`${name} row ${line}: `, 'The row cannot be used: ');
  return new RowRejectedError(reason, text, column, value);
}
