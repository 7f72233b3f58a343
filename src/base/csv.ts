import { isUtf8 } from 'node:buffer';
import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import {
  Backlog,
  defaultRowLimits,
  endOfLine,
  markAfter,
  rawHead,
  rawText,
  skipEmptyLines,
  type LongLine,
  type Mark,
  type RowFault,
  type RowLimits,
} from './rows.js';
import { badByte, byteOrderMark } from './utf8.js';

export type CsvFaultCode =
  'unclosed-quote' | 'text-after-quote' | 'stray-quote' | 'column-count' | 'too-long' | 'not-utf8';

/** One row, or one physical line that is not a row. */
export interface CsvRow {
  /** Its cells; empty if the line is no row. A cell that is not UTF-8 is null. */
  readonly cells: readonly (string | null)[];
  readonly fault?: RowFault<CsvFaultCode> | undefined;
  readonly start: Mark;
  /** Where to read on after it. */
  readonly next: Mark;
  /** Its text as it stands in the file. */
  readonly raw: () => string;
}

export interface CsvOptions {
  /** One character; a comma unless told. */
  readonly delimiter?: string | undefined;
  /** Where the first pushed byte stands; the beginning of the file unless told. */
  readonly at?: Mark;
  /** Cells of a row; as many as the first row has unless told. */
  readonly columns?: number;
  readonly limits?: RowLimits;
}

/** Thrown through csv-parse to stop it at a row that we cannot accept although it can. */
class Stop extends Error {
  constructor(readonly fault?: RowFault<CsvFaultCode>) {
    super('stop');
  }
}

const faultOfError: Readonly<Record<string, CsvFaultCode>> = {
  CSV_INVALID_CLOSING_QUOTE: 'text-after-quote',
  INVALID_OPENING_QUOTE: 'stray-quote',
};

/**
 * CSV from raw bytes, in chunks of any size: `push` what arrives, then `end`. How the bytes are split changes nothing.
 *
 * csv-parse does the parsing, strictly, on blocks that end with a line. It has no way to go on after an error that
 * would not swallow good rows, so we go on ourselves: the physical line at which the bad row begins is a fault of its
 * own, and a new parser starts at the next physical line. The number of cells is checked here, because a parser that
 * starts in the middle would take its first row as the measure. Empty lines are not rows.
 */
export class CsvReader {
  readonly #backlog: Backlog;
  readonly #delimiter: string;
  readonly #limits: RowLimits;
  #columns: number | undefined;
  #rows: CsvRow[] = [];

  constructor(options: CsvOptions = {}) {
    this.#limits = options.limits ?? defaultRowLimits;
    this.#backlog = new Backlog(options.at ?? { offset: 0, line: 1 }, this.#limits.maxBytes);
    this.#delimiter = options.delimiter ?? ',';
    this.#columns = options.columns;
  }

  push(chunk: Uint8Array): CsvRow[] {
    const longLine = this.#backlog.add(chunk);
    if (longLine !== undefined) this.#rows.push(tooLong(longLine));
    const { bytes } = this.#backlog;
    if (chunk.includes(0x0a) || bytes.length > this.#limits.maxBytes) this.#read(bytes.lastIndexOf(0x0a) + 1, false);
    this.#backlog.dropLongLine();
    return this.#take();
  }

  end(): CsvRow[] {
    const longLine = this.#backlog.end();
    if (longLine !== undefined) this.#rows.push(tooLong(longLine));
    this.#read(this.#backlog.bytes.length, true);
    return this.#take();
  }

  #take(): CsvRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Reads rows from the first `end` bytes of the backlog and removes what is decided. */
  #read(end: number, final: boolean): void {
    const block = new Block(this.#backlog.bytes, this.#backlog.at, end, final);
    while (block.cursor < block.end) {
      const error = this.#parse(block);
      if (error === undefined) break;
      const fault = error instanceof Stop && error.fault ? error.fault : this.#diagnose(block);
      if (fault === undefined) break;
      this.#rows.push(block.line(fault));
    }
    this.#backlog.consume(block.cursor);
  }

  /** Reads good rows up to the end of the block, or up to the row that stops the parser. */
  #parse(block: Block): Error | undefined {
    const base = block.cursor;
    try {
      parse(block.bytes.subarray(base, block.end), {
        bom: block.atStartOfFile,
        delimiter: this.#delimiter,
        record_delimiter: ['\r\n', '\n'],
        relax_column_count: true,
        skip_empty_lines: true,
        on_record: (cells: string[], info: InfoRecord) => {
          this.#accept(block, cells, base + info.bytes);
          return null;
        },
      });
    } catch (error) {
      if (error instanceof CsvError || error instanceof Stop) return error;
      throw error;
    }
    block.advance(block.end);
    return undefined;
  }

  #accept(block: Block, cells: string[], end: number): void {
    const from = block.startOfRow();
    const row = block.row(from, end, cells);
    const lines = markAfter(block.bytes, from, end - 1, row.start).line - row.start.line + 1;
    if (end - from > this.#limits.maxBytes || lines > this.#limits.maxLines) throw new Stop();
    this.#columns ??= cells.length;
    if (cells.length !== this.#columns) {
      const fault = wrongCount(cells.length, this.#columns);
      if (lines > 1) throw new Stop(fault);
      this.#rows.push(block.row(from, end, [], fault));
    } else if (block.clean || isUtf8(block.bytes.subarray(from, end))) this.#rows.push(row);
    else this.#rows.push(this.#notUtf8(block, from, end));
    block.advance(end);
  }

  /** The row is sound, some of its text is not: the cells that can be read are kept. */
  #notUtf8(block: Block, from: number, end: number): CsvRow {
    const bytes = block.bytes.subarray(from, end);
    const [cells = []] = parse(bytes, {
      encoding: null,
      delimiter: this.#delimiter,
      record_delimiter: ['\r\n', '\n'],
    }) as unknown as Buffer[][];
    const texts = cells.map((cell) => (isUtf8(cell) ? cell.toString('utf8') : null));
    const { start } = block.row(from, end, texts);
    const { line } = markAfter(bytes, 0, badByte(bytes), start);
    const fault = {
      code: 'not-utf8',
      detail: 'has a byte that is not UTF-8',
      line,
      cell: texts.indexOf(null),
    } as const;
    return block.row(from, end, texts, fault);
  }

  /**
   * What is wrong with the row at the cursor; undefined if that needs bytes that have not arrived. It looks only at
   * as many lines and bytes as a row may have, so that the answer does not depend on how much has arrived.
   */
  #diagnose(block: Block): RowFault<CsvFaultCode> | undefined {
    const { maxBytes, maxLines } = this.#limits;
    const from = block.startOfRow();
    if (endOfLine(block.bytes, from) - from > maxBytes) return tooLongFault;
    const beyondBytes = block.bytes.length - from > maxBytes;
    const limit = beyondBytes ? from + maxBytes : block.end;
    let end = from;
    let lines = 0;
    for (; lines < maxLines && end < limit; lines++) end = endOfLine(block.bytes, end, limit);
    const code = this.#quoteFault(block.bytes.subarray(from, end));
    if (code !== 'unclosed-quote') return { code, detail: quoteDetail[code] };
    const decided = block.final || beyondBytes || lines === maxLines;
    return decided
      ? { code, detail: `opens a quote that is not closed (a row may have ${maxLines} lines)` }
      : undefined;
  }

  #quoteFault(bytes: Buffer): 'unclosed-quote' | 'text-after-quote' | 'stray-quote' {
    try {
      const options = { delimiter: this.#delimiter, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true };
      parse(bytes, { ...options, relax_column_count: true, to: 1 });
    } catch (error) {
      const code = error instanceof CsvError ? faultOfError[error.code] : undefined;
      if (code === 'text-after-quote' || code === 'stray-quote') return code;
    }
    return 'unclosed-quote';
  }
}

const quoteDetail = {
  'text-after-quote': 'has text between a closing quote and the end of its cell',
  'stray-quote': 'has a quote in a cell that does not begin with one; quote the cell and double the quote',
} as const;

const tooLongFault = { code: 'too-long', detail: 'is longer than a row may be' } as const;

function wrongCount(found: number, expected: number): RowFault<CsvFaultCode> {
  return { code: 'column-count', detail: `has ${found} cells where ${expected} are expected` };
}

function tooLong({ start, next, head }: LongLine): CsvRow {
  return { cells: [], fault: tooLongFault, start, next, raw: () => rawHead(head) };
}

/** Bytes under the parser, with a cursor that knows its line. */
class Block {
  cursor = 0;
  /** Whether all of it is UTF-8: one look at the whole block instead of one at every row. */
  readonly clean: boolean;
  #mark: Mark;

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

  advance(to: number): void {
    this.#mark = markAfter(this.bytes, this.cursor, to, this.#mark);
    this.cursor = to;
  }

  /** Moves the cursor over a byte-order mark and empty lines, which the parser skips as well. */
  startOfRow(): number {
    const from = this.cursor + (this.atStartOfFile ? byteOrderMark(this.bytes) : 0);
    this.advance(skipEmptyLines(this.bytes, from, this.bytes.length));
    return this.cursor;
  }

  row(from: number, end: number, cells: (string | null)[], fault?: RowFault<CsvFaultCode>): CsvRow {
    const start = this.#mark;
    return {
      cells,
      fault,
      start,
      next: markAfter(this.bytes, from, end, start),
      raw: () => rawText(this.bytes, from, end),
    };
  }

  /** The physical line at the cursor as a fault of its own; the cursor goes on behind it. */
  line(fault: RowFault<CsvFaultCode>): CsvRow {
    const from = this.startOfRow();
    const end = endOfLine(this.bytes, from);
    const row = this.row(from, end, [], fault);
    this.advance(end);
    return fault === tooLongFault ? { ...row, raw: () => rawHead(this.bytes.subarray(from, end)) } : row;
  }
}
