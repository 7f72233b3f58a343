import { openTemporaryDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Failure } from '../attempt.js';

/** What is known of a row: nothing yet, that it is in the upload of a job, or what that job has made of it. */
export type RowFate = 'new' | 'uploaded' | 'inserted' | 'refused' | 'again' | 'unclear';

/** A row before it is uploaded. */
export interface NewRow {
  /** Position of its item in the outbox. */
  readonly item: number;
  /** ExternalTransactionNumber */
  readonly number: string;
  readonly member: string;
  /** A line of CSV. Not there for a row that an earlier process has uploaded. */
  readonly line?: CsvLine;
}

/** Cells of CSV, without a line end. Later columns are empty. */
export interface CsvLine {
  readonly cells: number;
  readonly text: string;
}

/** A row that has become something. */
export interface EndedRow {
  readonly item: number;
  readonly fate: RowFate;
  /** Id of its journal, if it was inserted. */
  readonly journalId: string | undefined;
}

/**
 * The rows of ingest jobs, and what has become of each: on disk, because a job has a hundred thousand. Nothing of it
 * outlives the process: the next one finds out from the org what became of a job.
 */
export class JobRows implements Disposable {
  readonly #db: DatabaseSync;
  readonly #add: StatementSync;
  readonly #line: StatementSync;
  readonly #bytes: StatementSync;
  readonly #upload: StatementSync;
  readonly #insert: StatementSync;
  readonly #fail: StatementSync;
  readonly #failure: StatementSync;

  constructor() {
    this.#db = openTemporaryDatabase(
      `CREATE TABLE row (item INTEGER PRIMARY KEY, number TEXT NOT NULL, member TEXT NOT NULL, fate TEXT NOT NULL,
         journal TEXT, failure TEXT) STRICT;
       CREATE INDEX row_number ON row (number);
       CREATE TABLE line (item INTEGER PRIMARY KEY, cells INTEGER NOT NULL, bytes INTEGER NOT NULL, text TEXT NOT NULL) STRICT`,
      2048,
    );
    this.#add = this.#db.prepare(
      `INSERT INTO row (item, number, member, fate) VALUES (?, ?, ?, 'new') ON CONFLICT DO NOTHING`,
    );
    this.#line = this.#db.prepare('INSERT INTO line (item, cells, bytes, text) VALUES (?, ?, ?, ?)');
    this.#bytes = this.#db.prepare('SELECT cells, bytes FROM line WHERE item = ?');
    this.#upload = this.#db.prepare(`UPDATE row SET fate = 'uploaded' WHERE item = ?`);
    this.#insert = this.#db.prepare(
      `UPDATE row SET fate = 'inserted', journal = ? WHERE number = ? AND fate = 'uploaded'`,
    );
    this.#failure = this.#db.prepare('SELECT failure FROM row WHERE item = ?');
    this.#fail = this.#db.prepare(`UPDATE row SET fate = ?, failure = ? WHERE number = ? AND fate = 'uploaded'`);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }

  add({ item, number, member, line }: NewRow): void {
    this.#add.run(item, number, member);
    if (line) this.#line.run(item, line.cells, Buffer.byteLength(line.text), line.text);
  }

  /** Forgets rows that go into no job of this process. */
  remove(items: readonly number[]): void {
    this.#db.prepare('DELETE FROM row WHERE item IN (SELECT value FROM json_each(?))').run(JSON.stringify(items));
  }

  /** Returns the rows of each member, in their order. */
  byMember(): Map<string, number[]> {
    const members = new Map<string, number[]>();
    for (const row of this.#db.prepare('SELECT item, member FROM row ORDER BY item').iterate()) {
      const member = String(row['member']).toLowerCase();
      const items = members.get(member);
      if (items) items.push(Number(row['item']));
      else members.set(member, [Number(row['item'])]);
    }
    return members;
  }

  /** Returns the length of a line in UTF-8, and how many cells it has. */
  lengthOf(item: number): { readonly cells: number; readonly bytes: number } {
    const { cells = 0, bytes = 0 } = this.#bytes.get(item) ?? {};
    return { cells: Number(cells), bytes: Number(bytes) };
  }

  /** Yields the lines of these rows, in this order. */
  *linesOf(items: readonly number[]): Generator<CsvLine> {
    const line = this.#db.prepare('SELECT cells, text FROM line WHERE item = ?');
    for (const item of items) {
      const { cells, text } = line.get(item) ?? {};
      yield { cells: Number(cells), text: String(text) };
    }
  }

  /** These rows are in the upload of a job. What it says counts for them alone. */
  uploaded(items: readonly number[]): void {
    for (const item of items) this.#upload.run(item);
  }

  inserted(number: string, journalId: string): void {
    this.#insert.run(journalId, number);
  }

  /** A row that is not stored. It is refused, or can be written again. */
  failed(number: string, failure: Failure): void {
    this.#fail.run(failure.kind === 'refused' ? 'refused' : 'again', JSON.stringify(failure), number);
  }

  /** A row that the job has left alone. */
  unprocessed(number: string): void {
    this.#fail.run('again', null, number);
  }

  /** The upload has ended: of what is left of it, nothing is known. */
  ended(): void {
    this.#db.exec(`UPDATE row SET fate = 'unclear' WHERE fate = 'uploaded'`);
  }

  count(fate: RowFate): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM row WHERE fate = ?').get(fate)?.['n']);
  }

  /** Returns the items whose rows go into the next upload: those that have been in none, and those to be written again. */
  open(): ReadonlySet<number> {
    const open = new Set<number>();
    for (const { item } of this.#db.prepare(`SELECT item FROM row WHERE fate IN ('new', 'again')`).iterate()) {
      open.add(Number(item));
    }
    return open;
  }

  /** Returns the latest reason why rows can be written again, if there is one. */
  whyAgain(): Failure | undefined {
    const last = `SELECT failure FROM row WHERE fate = 'again' AND failure IS NOT NULL ORDER BY item DESC LIMIT 1`;
    return failureIn(this.#db.prepare(last).get());
  }

  /** Returns the items whose rows the org has refused. */
  refused(): number[] {
    return this.#db
      .prepare(`SELECT item FROM row WHERE fate = 'refused' ORDER BY item`)
      .all()
      .map(({ item }) => Number(item));
  }

  /** Returns why a row has failed. */
  failureOf(item: number): Failure | undefined {
    return failureIn(this.#failure.get(item));
  }

  /** Yields inserted rows and the Ids of their journals. */
  *journals(): Generator<{ readonly item: number; readonly journalId: string }> {
    for (const row of this.#db.prepare(`SELECT item, journal FROM row WHERE fate = 'inserted'`).iterate()) {
      yield { item: Number(row['item']), journalId: String(row['journal']) };
    }
  }

  /** Returns what has become of these rows, by their items. One that was removed is left out. */
  fatesOf(items: readonly number[]): Map<number, EndedRow> {
    const wanted = 'SELECT item, fate, journal FROM row WHERE item IN (SELECT value FROM json_each(?))';
    const fates = new Map<number, EndedRow>();
    for (const { item, fate, journal } of this.#db.prepare(wanted).iterate(JSON.stringify(items))) {
      const journalId = journal === null ? undefined : String(journal);
      fates.set(Number(item), { item: Number(item), fate: fate as RowFate, journalId });
    }
    return fates;
  }
}

function failureIn(row: Record<string, unknown> | undefined): Failure | undefined {
  const text = row?.['failure'];
  return typeof text === 'string' ? (JSON.parse(text) as Failure) : undefined;
}
