import { openTemporaryDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Failure } from '../attempt.js';

/** What is known of a row: nothing yet, that it is in the upload of a job, or what that job has made of it. */
export type RowFate = 'new' | 'uploaded' | 'inserted' | 'refused' | 'again' | 'unclear';

/** A row before it is uploaded. */
export interface NewRow {
  /** Place of its item in the batch. */
  readonly row: number;
  /** ExternalTransactionNumber */
  readonly number: string;
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
  readonly fate: RowFate;
  /** Id of its journal, if it was inserted and the Id has been read. */
  readonly journalId: string | undefined;
}

/**
 * The rows of ingest jobs, and what has become of each: on disk, because a job has a hundred thousand. The number of a
 * row is the place of its item in the batch, so that rows that are used together lie together on the disk. Nothing of it
 * outlives the process: the next one finds out from the org what became of a job.
 */
export class JobRows implements Disposable {
  readonly #db: DatabaseSync;
  readonly #add: StatementSync;
  readonly #length: StatementSync;
  readonly #line: StatementSync;
  readonly #upload: StatementSync;
  readonly #insert: StatementSync;
  readonly #name: StatementSync;
  readonly #fail: StatementSync;
  readonly #failure: StatementSync;
  readonly #ofFate: StatementSync;

  constructor() {
    this.#db = openTemporaryDatabase(
      `CREATE TABLE row (row INTEGER PRIMARY KEY, fate TEXT NOT NULL, number TEXT NOT NULL, journal TEXT, failure TEXT,
         cells INTEGER, bytes INTEGER, line TEXT) STRICT`,
      2048,
    );
    this.#add = this.#db.prepare(
      `INSERT INTO row (row, fate, number, cells, bytes, line) VALUES (?, 'new', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#length = this.#db.prepare('SELECT cells, bytes FROM row WHERE row = ?');
    this.#line = this.#db.prepare('SELECT cells, line FROM row WHERE row = ?');
    this.#upload = this.#db.prepare(`UPDATE row SET fate = 'uploaded' WHERE row = ?`);
    this.#insert = this.#db.prepare(
      `UPDATE row SET fate = 'inserted', journal = ? WHERE number = ? AND fate = 'uploaded'`,
    );
    this.#name = this.#db.prepare(`UPDATE row SET journal = ? WHERE number = ? AND fate = 'inserted'`);
    this.#fail = this.#db.prepare(`UPDATE row SET fate = ?, failure = ? WHERE number = ? AND fate = 'uploaded'`);
    this.#failure = this.#db.prepare('SELECT failure FROM row WHERE row = ?');
    this.#ofFate = this.#db.prepare('SELECT row FROM row WHERE fate = ? ORDER BY row');
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }

  add({ row, number, line }: NewRow): void {
    const { cells = null, text = null } = line ?? {};
    this.#add.run(row, number, cells, text === null ? null : Buffer.byteLength(text), text);
  }

  /** Forgets rows that go into no job of this process. */
  remove(rows: Iterable<number>): void {
    this.#db.prepare('DELETE FROM row WHERE row IN (SELECT value FROM json_each(?))').run(JSON.stringify([...rows]));
  }

  /** Returns the length of a line in UTF-8, and how many cells it has. */
  lengthOf(row: number): { readonly cells: number; readonly bytes: number } {
    const { cells = 0, bytes = 0 } = this.#length.get(row) ?? {};
    return { cells: Number(cells), bytes: Number(bytes) };
  }

  /** Yields the lines of these rows, in this order. */
  *linesOf(rows: Iterable<number>): Generator<CsvLine> {
    for (const row of rows) {
      const { cells, line } = this.#line.get(row) ?? {};
      yield { cells: Number(cells), text: String(line) };
    }
  }

  /** These rows are in the upload of a job. What it says counts for them alone. */
  uploaded(rows: Iterable<number>): void {
    // Not before: an index of rows that are there already takes a fraction of the time.
    this.#db.exec('CREATE INDEX IF NOT EXISTS row_number ON row (number)');
    for (const row of rows) this.#upload.run(row);
  }

  inserted(number: string, journalId: string): void {
    this.#insert.run(journalId, number);
  }

  /** All rows that are left of the upload of a job are stored. The Ids of their journals are not known yet. */
  othersInserted(): void {
    this.#db.exec(`UPDATE row SET fate = 'inserted' WHERE fate = 'uploaded'`);
  }

  /** The Id of the journal of a stored row. */
  named(number: string, journalId: string): void {
    this.#name.run(journalId, number);
  }

  /** Everything that tells Ids is read: whether a row without one is stored is not known. */
  allNamed(): void {
    this.#db.exec(`UPDATE row SET fate = 'unclear' WHERE fate = 'inserted' AND journal IS NULL`);
  }

  /** A row that is not stored. It is refused, or can be written again. */
  failed(number: string, failure: Failure): void {
    this.#fail.run(failure.kind === 'refused' ? 'refused' : 'again', JSON.stringify(failure), number);
  }

  /** A row that the job has left alone. */
  unprocessed(number: string): void {
    this.#fail.run('again', null, number);
  }

  /** The job has ended: of what is left of its upload, nothing is known. */
  ended(): void {
    this.#db.exec(`UPDATE row SET fate = 'unclear' WHERE fate = 'uploaded'`);
  }

  count(fate: RowFate): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM row WHERE fate = ?').get(fate)?.['n']);
  }

  /** Returns the rows that go into the next upload: those that have been in none, and those to be written again. */
  open(): ReadonlySet<number> {
    return new Set([...this.new(), ...this.#rowsOf('again')]);
  }

  /** Returns the rows that no job which has ended had in its upload. */
  new(): number[] {
    return this.#rowsOf('new');
  }

  /** Returns the latest reason why rows can be written again, if there is one. */
  whyAgain(): Failure | undefined {
    const last = `SELECT failure FROM row WHERE fate = 'again' AND failure IS NOT NULL ORDER BY row DESC LIMIT 1`;
    return failureIn(this.#db.prepare(last).get());
  }

  /** Returns the rows that the org has refused. */
  refused(): number[] {
    return this.#rowsOf('refused');
  }

  /** Returns why a row has failed. */
  failureOf(row: number): Failure | undefined {
    return failureIn(this.#failure.get(row));
  }

  /** Yields inserted rows and the Ids of their journals, once they have been read. */
  *journals(): Generator<{ readonly row: number; readonly journalId: string }> {
    for (const row of this.#db.prepare(`SELECT row, journal FROM row WHERE fate = 'inserted'`).iterate()) {
      yield { row: Number(row['row']), journalId: String(row['journal']) };
    }
  }

  /** Returns what has become of so many rows from this one on, by their numbers. One that was never added is left out. */
  fatesFrom(first: number, count: number): Map<number, EndedRow> {
    const wanted = 'SELECT row, fate, journal FROM row WHERE row >= ? AND row < ?';
    const fates = new Map<number, EndedRow>();
    for (const { row, fate, journal } of this.#db.prepare(wanted).iterate(first, first + count)) {
      const journalId = journal === null ? undefined : String(journal);
      fates.set(Number(row), { fate: fate as RowFate, journalId });
    }
    return fates;
  }

  #rowsOf(fate: RowFate): number[] {
    return this.#ofFate.all(fate).map(({ row }) => Number(row));
  }
}

function failureIn(row: Record<string, unknown> | undefined): Failure | undefined {
  const text = row?.['failure'];
  return typeof text === 'string' ? (JSON.parse(text) as Failure) : undefined;
}
