import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import type { InfoRecord } from 'csv-parse/sync';
import { CsvBlock } from './csvBlock.js';
import { notClosed, quoteAfterMark, strayQuote, textAfterQuote, tooLong, wrongCount } from './csvRow.js';
import type { CsvIssue, CsvRow } from './csvRow.js';
import { soundCells } from './soundCells.js';
import { Backlog, defaultRowLimits, endOfLine, lineFeed, markAfter, rawHead, rawText } from '../rowBytes.js';
import type { LongLine, Mark, RowLimits } from '../rowBytes.js';
import { badByte, byteOrderMark } from '../utf8.js';

export type { CsvRow } from './csvRow.js';

export interface CsvOptions {
  /** Single character. Default: comma. */
  readonly delimiter?: string | undefined;
  /** Position of the first pushed byte in the file. Default: the beginning of the file. */
  readonly at?: Mark | undefined;
  /** Number of cells in a row. Default: the number of cells in the first row. */
  readonly columns?: number | undefined;
  readonly limits?: RowLimits | undefined;
}

/** Thrown to stop csv-parse at a row that it accepts but we do not. */
class Stop extends Error {
  override readonly name = 'Stop';

  constructor(readonly issue?: CsvIssue) {
    super('stop');
  }
}

const lineEnds = ['\r\n', '\n'];

/**
 * Reads CSV from raw bytes, in chunks of any size: call `push` for each chunk, then `end`. The result does not depend
 * on how the bytes are divided into chunks.
 *
 * Most lines are rows by themselves, and are split here. From the first other line on, csv-parse parses the block, which
 * ends with a complete line, in strict mode; it takes five times as long. After an error it can only continue in ways
 * that swallow good rows, so we continue ourselves: the physical line at which the bad row begins is reported as bad,
 * and a new parser starts at the next physical line. The number of cells is checked here, because a parser that starts
 * in the middle would expect the number of cells of its own first row. Empty lines are not rows.
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
    this.#addLongLine(this.#backlog.add(chunk));
    const { bytes } = this.#backlog;
    if (chunk.includes(0x0a) || bytes.length > this.#limits.maxBytes) this.#read(bytes.lastIndexOf(0x0a) + 1, false);
    this.#backlog.dropLongLine();
    return this.#take();
  }

  end(): CsvRow[] {
    this.#addLongLine(this.#backlog.end());
    this.#read(this.#backlog.bytes.length, true);
    return this.#take();
  }

  #addLongLine(line: LongLine | undefined): void {
    if (line === undefined) return;
    const { start, next, head } = line;
    this.#rows.push({ cells: [], issue: tooLong, start, next, raw: () => rawHead(head) });
  }

  #take(): CsvRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Reads rows from the first `end` bytes of the backlog and removes their bytes. */
  #read(end: number, final: boolean): void {
    const block = new CsvBlock(this.#backlog.bytes, this.#backlog.at, end, final);
    while (block.cursor < block.end) {
      const error = this.#parse(block);
      if (error === undefined) break;
      const issue = error instanceof Stop && error.issue ? error.issue : this.#diagnose(block);
      if (issue === undefined) break;
      this.#rows.push(block.passLine(issue));
    }
    this.#backlog.consume(block.cursor);
  }

  /** Reads good rows until the end of the block or until a bad row. */
  #parse(block: CsvBlock): Error | undefined {
    try {
      if (block.clean) this.#splitLines(block);
      if (block.cursor < block.end) this.#parseRest(block);
      return undefined;
    } catch (error) {
      if (error instanceof CsvError || error instanceof Stop) return error;
      throw error;
    }
  }

  /** Reads rows until the first line that is not a row by itself, or that has no line end. */
  #splitLines(block: CsvBlock): void {
    for (;;) {
      const from = block.startOfRow();
      const end = block.bytes.indexOf(lineFeed, from) + 1;
      const isLine = end > 0 && end <= block.end;
      const cells = isLine ? soundCells(rawText(block.bytes, from, end), this.#delimiter) : undefined;
      if (cells === undefined) return;
      this.#accept(block, cells, end);
    }
  }

  #parseRest(block: CsvBlock): void {
    const base = block.cursor;
    parse(block.bytes.subarray(base, block.end), {
      bom: block.atStartOfFile,
      delimiter: this.#delimiter,
      record_delimiter: lineEnds,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], info: InfoRecord) => {
        this.#accept(block, cells, base + info.bytes);
        return null;
      },
    });
    block.skip(block.end);
  }

  #accept(block: CsvBlock, cells: string[], end: number): void {
    const from = block.startOfRow();
    const row = block.row(end, cells);
    const lines = linesOf(block.bytes, end, row);
    if (end - from > this.#limits.maxBytes || lines > this.#limits.maxLines) throw new Stop();
    this.#columns ??= cells.length;
    if (cells.length !== this.#columns) {
      const issue = wrongCount(cells.length, this.#columns, row.raw());
      if (lines > 1) throw new Stop(issue);
      this.#rows.push(block.pass(block.row(end, [], issue)));
      return;
    }
    const sound = block.clean || isUtf8(block.bytes.subarray(from, end));
    this.#rows.push(block.pass(sound ? row : this.#notUtf8(block, from, end)));
  }

  /** Makes a row whose structure is valid but whose text is not all UTF-8. Cells that can be read are kept. */
  #notUtf8(block: CsvBlock, from: number, end: number): CsvRow {
    const bytes = block.bytes.subarray(from, end);
    const options = { encoding: null, delimiter: this.#delimiter, record_delimiter: lineEnds };
    const [cells = []] = parse(bytes, options) as unknown as Buffer[][];
    const texts = cells.map((cell) => (isUtf8(cell) ? cell.toString('utf8') : null));
    const { line } = markAfter(bytes, 0, badByte(bytes), block.row(end, texts).start);
    const detail = 'has a byte that is not UTF-8';
    return block.row(end, texts, { code: 'not-utf8', detail, line, cell: texts.indexOf(null) });
  }

  /**
   * Returns what is wrong with the row at the cursor, or undefined if more bytes are needed to tell. It looks only at
   * as many lines and bytes as a row may have, so the result does not depend on how many bytes have arrived.
   */
  #diagnose(block: CsvBlock): CsvIssue | undefined {
    const { maxBytes, maxLines } = this.#limits;
    const from = block.startOfRow();
    if (endOfLine(block.bytes, from) - from > maxBytes) return tooLong;
    const beyondBytes = block.bytes.length - from > maxBytes;
    const limit = beyondBytes ? from + maxBytes : block.end;
    let end = from;
    let lines = 0;
    for (; lines < maxLines && end < limit; lines++) end = endOfLine(block.bytes, end, limit);
    const issue = this.#quoteIssue(block.bytes.subarray(from, end));
    const decided = issue !== undefined || block.final || beyondBytes || lines === maxLines;
    return decided ? (issue ?? notClosed(maxLines)) : undefined;
  }

  /** Returns why csv-parse refuses the first row in these bytes, unless the reason is that they end too early. */
  #quoteIssue(bytes: Buffer): CsvIssue | undefined {
    try {
      parse(bytes, { delimiter: this.#delimiter, record_delimiter: lineEnds, relax_column_count: true, to: 1 });
      return undefined;
    } catch (error) {
      const code = error instanceof CsvError ? error.code : undefined;
      if (code === 'CSV_INVALID_CLOSING_QUOTE') return textAfterQuote;
      if (code !== 'INVALID_OPENING_QUOTE') return undefined;
      return byteOrderMark(bytes) > 0 ? quoteAfterMark : strayQuote;
    }
  }
}

/** Returns the number of physical lines of a row that ends at `end`. */
function linesOf(bytes: Buffer, end: number, { start, next }: CsvRow): number {
  return next.line - start.line + (bytes[end - 1] === 0x0a ? 0 : 1);
}
