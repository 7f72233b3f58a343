import { isUtf8 } from 'node:buffer';
import { tooLong } from './csvRow.js';
import type { CsvIssue, CsvRow } from './csvRow.js';
import { endOfLine, markAfter, rawHead, rawText, skipEmptyLines } from '../rowBytes.js';
import type { Mark } from '../rowBytes.js';
import { byteOrderMark } from '../utf8.js';

/** Bytes to be parsed as CSV, with a cursor and its position in the file. */
export class CsvBlock {
  /** Index of the first byte that is not yet part of a row. */
  cursor = 0;
  /** Whether the whole block is UTF-8, so that its rows need not be checked separately. */
  readonly clean: boolean;
  #mark: Mark;

  /**
   * @param mark position of `bytes[0]` in the file
   * @param end index after the last complete line; the line end of later bytes has not arrived yet
   * @param final whether no more bytes will follow
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

  /** Moves the cursor past a byte-order mark and empty lines, which the parser skips too. */
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

  /** Returns the row that begins at the cursor, without moving the cursor. */
  row(end: number, cells: CsvRow['cells'], issue?: CsvIssue): CsvRow {
    return new RowOfBlock(this.bytes, this.cursor, end, this.#mark, cells, issue);
  }

  /** Moves the cursor past a row. */
  pass(row: CsvRow): CsvRow {
    this.cursor += row.next.offset - row.start.offset;
    this.#mark = row.next;
    return row;
  }

  /** Returns the physical line at the cursor as a bad row, and moves the cursor past it. */
  passLine(issue: CsvIssue): CsvRow {
    this.startOfRow();
    return this.pass(this.row(endOfLine(this.bytes, this.cursor), [], issue));
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
    readonly issue: CsvIssue | undefined,
  ) {
    this.#bytes = bytes;
    this.#from = from;
    this.#end = end;
    this.next = markAfter(bytes, from, end, start);
  }

  raw(): string {
    if (this.issue === tooLong) return rawHead(this.#bytes.subarray(this.#from, this.#end));
    return rawText(this.#bytes, this.#from, this.#end);
  }
}
