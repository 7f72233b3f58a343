import { csvCell } from '../../base/csv/csvCell.js';
import type { FieldValues, TextInParts } from '../../client/index.js';
import type { BareItem } from '../../outbox/index.js';

/** A row of a job. Of what is sent, only its line is in memory. */
export interface JobRow {
  readonly item: BareItem;
  /** CSV without a line end. */
  readonly line: string;
  /** How many cells the line has. Later columns are empty. */
  readonly cells: number;
}

/** A text for an ingest job. */
export interface Upload {
  readonly csv: TextInParts;
  /** How many rows it has. */
  readonly count: number;
}

/** Characters of a part. */
const partLength = 65_536;

/** Writes records as rows of CSV for Bulk API 2.0. Columns are added as records with further fields come. */
export class BulkCsv {
  readonly #columns: string[] = [];

  rowOf(item: BareItem, fields: FieldValues): JobRow {
    for (const column of Object.keys(fields)) if (!this.#columns.includes(column)) this.#columns.push(column);
    const line = this.#columns.map((column) => cell(fields[column])).join(',');
    return { item, line, cells: this.#columns.length };
  }

  /** Returns the upload of these rows, or of as many of the first ones as fit, at least one. */
  upload(rows: readonly JobRow[], mostBytes: number): Upload {
    const header = `${this.#columns.join(',')}\n`;
    let bytes = Buffer.byteLength(header);
    let count = 0;
    for (const row of rows) {
      const more = Buffer.byteLength(row.line) + this.#endOf(row).length;
      if (count > 0 && bytes + more > mostBytes) break;
      bytes += more;
      count += 1;
    }
    return { csv: { bytes, parts: () => this.#parts(header, rows.slice(0, count)) }, count };
  }

  *#parts(header: string, rows: readonly JobRow[]): Generator<string> {
    let part = header;
    for (const row of rows) {
      part += row.line + this.#endOf(row);
      if (part.length < partLength) continue;
      yield part;
      part = '';
    }
    if (part !== '') yield part;
  }

  #endOf({ cells }: JobRow): string {
    return `${','.repeat(this.#columns.length - cells)}\n`;
  }
}

/** The line ends of a job are line feeds, also within texts: an org was seen to refuse a whole job for one other. */
function cell(value: string | number | boolean | null | undefined): string {
  return csvCell(String(value ?? '').replace(/\r\n?/g, '\n'));
}
