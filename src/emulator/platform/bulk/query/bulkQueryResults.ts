import { csvQuoted } from '../../../../base/csv/csvCell.js';
import { isJsonObject } from '../../../../base/jsonObject.js';
import type { AnswerRow } from '../../../soql/index.js';
import type { ResultColumn } from './bulkQuery.js';
import type { CsvFormat } from '../csv/csvFormat.js';
import { doubleText } from '../csv/doubleText.js';

/** Some rows of an answer: their bytes, and the offset at which each row ends. */
interface Part {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
}

/** The answer to a bulk query as CSV. Any range of rows can be read. */
export class QueryResults {
  readonly #parts: Part[] = [];
  readonly #header: Buffer;
  #count = 0;

  readonly #columns: readonly ResultColumn[];
  readonly #format: CsvFormat;

  constructor(columns: readonly ResultColumn[], format: CsvFormat) {
    this.#columns = columns;
    this.#format = format;

    const names = columns.map(({ path }) => csvQuoted(path.join('.')));
    this.#header = Buffer.from(names.join(format.delimiter) + format.endOfLine);
  }

  get count(): number {
    return this.#count;
  }

  /** @returns the number of bytes added */
  add(records: readonly AnswerRow[]): number {
    if (records.length === 0) return 0;
    const lines = records.map((record) => this.#line(record));
    const ends = new Uint32Array(lines.length);
    let end = 0;
    for (const [index, line] of lines.entries()) {
      end += Buffer.byteLength(line);
      ends[index] = end;
    }
    this.#parts.push({ bytes: Buffer.from(lines.join('')), ends });
    this.#count += records.length;
    return end;
  }

  /** Returns the header and up to `limit` rows from `offset` on. */
  read(offset: number, limit: number): Buffer {
    const stretches = [this.#header];
    let first = 0;
    for (const { bytes, ends } of this.#parts) {
      const from = Math.max(0, offset - first);
      const to = Math.min(ends.length, offset + limit - first);
      if (from < to) stretches.push(bytes.subarray(from === 0 ? 0 : ends[from - 1], ends[to - 1]));
      first += ends.length;
    }
    return Buffer.concat(stretches);
  }

  #line(record: AnswerRow): string {
    const { delimiter, endOfLine } = this.#format;
    return this.#columns.map((column) => csvQuoted(textOf(record, column))).join(delimiter) + endOfLine;
  }
}

function textOf(record: AnswerRow, { path, isDouble, isDateTime }: ResultColumn): string {
  let value: unknown = record;
  for (const key of path) {
    if (!isJsonObject(value)) return '';
    value = value[key];
  }
  if (typeof value === 'number') return isDouble ? doubleText(value) : String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  // Times end in +0000 in JSON, but in Z in CSV.
  return isDateTime ? value.replace('+0000', 'Z') : value;
}
