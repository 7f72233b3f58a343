import { isUtf8 } from 'node:buffer';
import { tooLong, type CsvFault, type CsvRow } from './csvRow.js';
import { endOfLine, markAfter, rawHead, rawText, skipEmptyLines, type Mark } from './rows.js';
import { byteOrderMark } from './utf8.js';

/** Bytes under a CSV parser, with a cursor that knows where in the file it stands. */
export class CsvBlock {
  /** Index of the first byte that is not decided. */
  cursor = 0;
  /** Whether all of it is UTF-8: one look at the whole block instead of one at every row. */
  readonly clean: boolean;
  #mark: Mark;

  /**
   * @param mark where `bytes[0]` stands
   * @param end index behind the last complete line; bytes behind it have arrived, but not their line end
   * @param final whether nothing can follow any more
   */
  constructor(
    readonly bytes: Buffer,
    mark: Mark,
    readonly end: number,
    readonly final: boolean,
  ) {
    this.#mark = mark;
    this.clean = isUtf8(bytes.subarray(0, end));
  }

  get atStartOfFile(): boolean {
    return this.#mark.offset === 0;
  }

  /** Moves the cursor over a byte-order mark and empty lines, which the parser skips as well. */
  startOfRow(): number {
    const from = this.cursor + (this.atStartOfFile ? byteOrderMark(this.bytes) : 0);
    const start = skipEmptyLines(this.bytes, from, this.bytes.length);
    if (start > this.cursor) this.skip(start);
    return start;
  }

  skip(to: number): void {
    this.#mark = markAfter(this.bytes, this.cursor, to, this.#mark);
    this.cursor = to;
  }

  /** The row that begins at the cursor; the cursor stays. */
  row(end: number, cells: CsvRow['cells'], fault?: CsvFault): CsvRow {
    return new RowOfBlock(this.bytes, this.cursor, end, this.#mark, cells, fault);
  }

  /** Moves the cursor behind a row. */
  pass(row: CsvRow): CsvRow {
    this.cursor += row.next.offset - row.start.offset;
    this.#mark = row.next;
    return row;
  }

  /** The physical line at the cursor as a fault of its own; the cursor moves behind it. */
  passLine(fault: CsvFault): CsvRow {
    this.startOfRow();
    return this.pass(this.row(endOfLine(this.bytes, this.cursor), [], fault));
  }
}

class RowOfBlock implements CsvRow {
  readonly next: Mark;
  readonly #bytes: Buffer;
  readonly #from: number;
  readonly #end: number;

  constructor(
    bytes: Buffer,
    from: number,
    end: number,
    readonly start: Mark,
    readonly cells: CsvRow['cells'],
    readonly fault: CsvFault | undefined,
  ) {
    this.#bytes = bytes;
    this.#from = from;
    this.#end = end;
    this.next = markAfter(bytes, from, end, start);
  }

  raw(): string {
    if (this.fault === tooLong) return rawHead(this.#bytes.subarray(this.#from, this.#end));
    return rawText(this.#bytes, this.#from, this.#end);
  }
}
