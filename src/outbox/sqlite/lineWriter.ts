import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import { contentFieldOf } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import type { LineReport } from '../runRecord.js';
import type { LoadedItem } from './knownItems.js';

/** A line with a known key, as needed for a report. */
interface KeyedLine {
  readonly line: number;
  readonly transaction: Transaction;
  readonly content: string;
}

/** Where lines are reported: the run, and the name of the feed. */
interface LineFeed {
  readonly run: number;
  readonly name: string;
}

/** Where the other part of a group is. */
interface OtherPlace {
  readonly feed: string;
  readonly line: number;
  /** Whether both parts have the same content, so that both may be the whole. */
  readonly hasSameContent: boolean;
}

/** Stores the lines of a feed that a person should know about. */
export class LineWriter {
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      `INSERT INTO line (run, kind, feed, line, column_name, value, key, member, content, code, message, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  add(run: number, line: LineReport, content?: string): void {
    const { kind, feed, column, value, key, member, code, message, raw } = line;
    const optional = [column, value, key, member, content].map((each) => each ?? null);
    this.#insert.run(run, kind, feed, line.line, ...optional, code, message, raw ?? null);
  }

  /** Reports a repeated line. It may mean the same purchase written twice, or two purchases that look the same. */
  repeated({ run, name }: LineFeed, line: KeyedLine, firstLine: number): void {
    const message =
      `${name} line ${line.line} says the same as line ${firstLine}, with the key ${line.transaction.key}: it is ` +
      'counted once. If they are two purchases, give the mapping a key that tells them apart (occurrenceWithin and ' +
      'occurrenceWithinFeed number such lines); if they are one, say "repeats: accept" in the mapping.';
    this.add(run, { ...placed(name, line), kind: 'repeated', code: 'repeated', message });
  }

  conflict({ run, name }: LineFeed, line: KeyedLine, { state, journalId }: LoadedItem): void {
    const { key } = line.transaction;
    const journal = journalId === undefined ? 'a journal' : `the journal ${journalId}`;
    const known =
      state === 'done' ? `the org has ${journal} with other content` : 'another line of this run has other content';
    const message =
      `${name} line ${line.line} has ${contentText(line.transaction)}, but for the key ${key} ${known}. ` +
      'Nothing was sent for this line. If it is another purchase, its key must differ; if the org is right, run ' +
      '"sync retry" with --keep-org and this key.';
    this.add(run, { ...placed(name, line), kind: 'conflict', code: 'conflict', message }, line.content);
  }

  /** Reports a part of a group whose other part is in another feed. */
  groupSplit({ run, name }: LineFeed, line: KeyedLine, other: OtherPlace): void {
    const { key } = line.transaction;
    const next = other.hasSameContent
      ? 'Both have the same content. If the files overlap by this one group, and it is complete in each, nothing is ' +
        'missing: run "sync retry" with --keep-org and this key. If they are two halves, correct the purchase in the ' +
        'org first. Exports that overlap by several groups, or by none, are not in doubt.'
      : 'Put the lines of a group into one file. If the group is complete in the other file, or the org is right by ' +
        'now, run "sync retry" with --keep-org and this key.';
    const message =
      `${name} line ${line.line} and ${other.feed} line ${other.line} have the key ${key}, and one is the beginning of ` +
      'its file and the other the end: they look like parts of one group (receipt) that is split over two files. ' +
      `Nothing was sent for this line. ${next}`;
    this.add(run, { ...placed(name, line), kind: 'conflict', code: 'group-split', message }, line.content);
  }

  refusedBefore({ run, name }: LineFeed, line: KeyedLine, { code = 'REFUSED', message = '' }: LoadedItem): void {
    this.add(run, { ...placed(name, line), kind: 'refusedBefore', code, message });
  }

  detailsDiffer({ run, name }: LineFeed, line: KeyedLine): void {
    const message =
      `${name} line ${line.line} differs from what was sent with the key ${line.transaction.key}, but only in fields ` +
      'that are not content. The org keeps what it has.';
    this.add(run, { ...placed(name, line), kind: 'detailsDiffer', code: 'details-differ', message });
  }
}

function placed(feed: string, { line, transaction }: KeyedLine): Pick<LineReport, 'feed' | 'line' | 'key' | 'member'> {
  return { feed, line, key: transaction.key, member: transaction.member };
}

/** Returns the values that identify the transaction: `member HR-1, TransactionAmount 10.50`. */
function contentText({ member, journal }: Transaction): string {
  const fields = Object.entries(journal).filter(([name]) => contentFieldOf(name) !== undefined);
  return [`member ${member}`, ...fields.map(([name, value]) => `${name} ${value}`)].join(', ');
}
