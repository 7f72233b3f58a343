import { csvCell } from '../../base/csv/csvCell.js';
import type { FieldValues, TextInParts } from '../../client/index.js';
import type { CsvLine, JobRows } from './jobRows.js';

/** A text for an ingest job. */
export interface Upload {
  readonly csv: TextInParts;
  readonly rows: Uint32Array;
}

/** Characters of a part. */
const partLength = 65_536;

/** Writes records as rows of CSV for Bulk API 2.0. Columns are added as records with further fields come. */
export class BulkCsv {
  readonly #columns: string[] = [];

  lineOf(fields: FieldValues): CsvLine {
    for (const column of Object.keys(fields)) if (!this.#columns.includes(column)) this.#columns.push(column);
    const text = this.#columns.map((column) => cell(fields[column])).join(',');
    return { text, cells: this.#columns.length };
  }

  /** Returns the upload of these rows, or of as many of the first ones as fit, at least one. */
  upload(jobRows: JobRows, all: Uint32Array, mostBytes: number): Upload {
    const header = `${this.#columns.join(',')}\n`;
    let bytes = Buffer.byteLength(header);
    let count = 0;
    for (const row of all) {
      const line = jobRows.lengthOf(row);
      const more = line.bytes + this.#endOf(line).length;
      if (count > 0 && bytes + more > mostBytes) break;
      bytes += more;
      count += 1;
    }
    const rows = all.subarray(0, count);
    return { csv: { bytes, parts: () => this.#parts(header, jobRows.linesOf(rows)) }, rows };
  }

  *#parts(header: string, lines: Iterable<CsvLine>): Generator<string> {
    let part = header;
    for (const line of lines) {
      part += line.text + this.#endOf(line);
      if (part.length < partLength) continue;
      yield part;
      part = '';
    }
    if (part !== '') yield part;
  }

  #endOf({ cells }: Pick<CsvLine, 'cells'>): string {
    return `${','.repeat(this.#columns.length - cells)}\n`;
  }
}

/** The line ends of a job are line feeds, also within texts: an org was seen to refuse a whole job for one other. */
function cell(value: string | number | boolean | null | undefined): string {
  return csvCell(String(value ?? '').replace(/\r\n?/g, '\n'));
}
