import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';

/** A row of a results file: what we read of it. */
export interface ResultRow {
  /** Id of the record. Empty if there is none. */
  readonly id: string;
  /** `CODE:text:fields --`. Empty in the file of successes. */
  readonly error: string;
  /** ExternalTransactionNumber. */
  readonly number: string;
}

/** Reads a results file, whose bytes come in parts. Its rows are in no order, so they are recognized by their numbers. */
export class ResultReader {
  readonly #reader = new CsvReader();
  #header: readonly (string | null)[] | undefined;

  /** Returns the rows that are complete. */
  push(part: Uint8Array): ResultRow[] {
    return this.#rowsOf(this.#reader.push(part));
  }

  /** Returns the last row, if it has no line end. */
  end(): ResultRow[] {
    return this.#rowsOf(this.#reader.end());
  }

  #rowsOf(rows: readonly CsvRow[]): ResultRow[] {
    const [header, ...first] = this.#header ? [] : rows;
    this.#header ??= header?.cells;
    return (header ? first : rows).map(({ cells }) => ({
      id: this.#cell(cells, 'sf__Id'),
      error: this.#cell(cells, 'sf__Error'),
      number: this.#cell(cells, 'ExternalTransactionNumber'),
    }));
  }

  #cell(cells: readonly (string | null)[], name: string): string {
    return cells[this.#header?.indexOf(name) ?? -1] ?? '';
  }
}

/** Splits `CODE:text:fields --`. */
export function rowError(error: string): { readonly errorCode: string; readonly message: string } {
  const [errorCode = 'UNKNOWN', ...text] = error.split(':');
  return { errorCode, message: (text.length > 1 ? text.slice(0, -1) : text).join(':') || error };
}
