import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';
import { BulkQueryFailedError } from '../insightErrors.js';

/** A record, by the paths of its fields as the query spells them. */
export type BulkRow = Readonly<Record<string, string | null>>;

/** The CSV of the pages of a bulk query, whose bytes come in parts. After a broken connection, a page begins again. */
export class BulkPageReading {
  readonly #id: string;
  /** The fields of the query, by their names in small letters. */
  readonly #fields: ReadonlyMap<string, string>;
  readonly #take: (row: BulkRow) => void;
  #reader = new CsvReader();
  #header: readonly string[] | undefined;
  /** Rows of the current page that have come since it began, and that have been taken before or since. */
  #come = 0;
  #taken = 0;
  /** Rows of the pages before it. */
  #before = 0;

  constructor(id: string, soql: string, take: (row: BulkRow) => void) {
    this.#id = id;
    const fields = /^SELECT (.+?) FROM /.exec(soql)?.[1]?.split(', ') ?? [];
    this.#fields = new Map(fields.map((field) => [field.toLowerCase(), field]));
    this.#take = take;
  }

  /** Begins a page, or the same page again. Returns what takes its bytes. */
  begin(): (part: Uint8Array) => void {
    this.#reader = new CsvReader();
    this.#header = undefined;
    this.#come = 0;
    return (part) => this.#add(this.#reader.push(part));
  }

  /** Call it when the page is complete. */
  end(): void {
    this.#add(this.#reader.end());
    if (!this.#header) throw this.#failure('a page of its result is empty');
    this.#before += this.#come;
    this.#taken = 0;
  }

  /** Checks that no record is missing. */
  mustHave(count: number): void {
    if (this.#before !== count) throw this.#failure(`its pages have ${this.#before} of ${count} records`);
  }

  #add(rows: readonly CsvRow[]): void {
    for (const { cells, issue } of rows) {
      if (issue) throw this.#failure(`a row of its result ${issue.detail}`);
      if (this.#header) this.#addRow(this.#header, cells);
      else this.#header = this.#readHeader(cells);
    }
  }

  #addRow(header: readonly string[], cells: CsvRow['cells']): void {
    this.#come += 1;
    if (this.#come <= this.#taken) return;
    this.#taken = this.#come;
    this.#take(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? null])));
  }

  /** A column of another name would leave a field of all records empty. */
  #readHeader(cells: CsvRow['cells']): readonly string[] {
    const names = cells.map((cell) => this.#fields.get((cell ?? '').toLowerCase()));
    const missing = [...this.#fields.values()].find((field) => !names.includes(field));
    if (missing !== undefined) throw this.#failure(`a page of its result has no column ${missing}`);
    return names.map((name) => name ?? '');
  }

  #failure(reason: string): BulkQueryFailedError {
    return new BulkQueryFailedError(this.#id, reason);
  }
}
