import { CsvError, parse } from 'csv-parse/sync';
import { JobFailure } from '../bulkErrors.js';
import type { CsvFormat } from '../csv/csvFormat.js';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Maximum length of the header (guide, "Prepare CSV Files"). */
const longestHeader = 32_000;

/** Maximum number of bytes of a row: four for each of the 400,000 characters that the guide allows. */
const longestRow = 4 * 400_000;

/** A row with invalid quotes. `cells` holds what could be read, to show which row it is. */
export class BadRow {
  constructor(
    readonly message: string,
    readonly cells: readonly string[] = [],
  ) {}
}

/** A row of an upload: its cells, or a bad row. */
export type UploadedRow = BadRow | readonly string[];

/**
 * The rows of an upload. They are located by byte position and read only when needed, and the bytes are never copied.
 *
 * Most uploads have no quotes, so each line is a row that is simply split into cells. Rows with quotes are parsed
 * strictly by csv-parse: a space beside a quote is an error of that row.
 */
export class UploadedRows {
  readonly #hasQuotes: boolean;
  readonly #delimiter: number;

  readonly #bytes: Buffer;
  readonly #format: CsvFormat;

  constructor(bytes: Buffer, format: CsvFormat) {
    this.#bytes = bytes;
    this.#format = format;

    this.#hasQuotes = bytes.includes(quote);
    this.#delimiter = format.delimiter.charCodeAt(0);
  }

  /** Position after the last byte. */
  get end(): number {
    return this.#bytes.length;
  }

  /** Whether the upload has no header and no rows. */
  get isEmpty(): boolean {
    return this.isBlank(0, this.end);
  }

  /**
   * Returns the column names and the position where the rows begin. An empty upload has no columns.
   *
   * @throws {JobFailure} when the header is invalid or too long
   */
  readHeader(): { readonly names: readonly string[]; readonly end: number } {
    const { lineEnding } = this.#format;
    // This includes line endings within quotes, because an org was seen to fail for them too.
    if (lineEnding === 'LF' && this.#bytes.includes('\r\n')) throw this.#wrongLineEnding();
    const end = this.next(0);
    if (end > longestHeader) throw new JobFailure('ClientInputError', 'The header is too long');
    const [names = []] = this.read(0, end);
    if (names instanceof BadRow)
      throw new JobFailure('ClientInputError', `The header is not valid CSV: ${names.message}`);
    if (names.length === 0 && !this.isEmpty) throw new JobFailure('ClientInputError', 'The header is empty');
    return { names, end };
  }

  /**
   * Returns the position after the row that begins at `from`.
   *
   * @throws {JobFailure} when the line has another line ending than the job
   */
  next(from: number): number {
    const end = this.#bytes.indexOf(lineFeed, from);
    const last = this.#hasQuotes ? this.#endWithQuotes(from, end) : end;
    if (last < 0) return this.#bytes.length;
    if (this.#format.lineEnding === 'CRLF' && this.#bytes[last - 1] !== carriageReturn) throw this.#wrongLineEnding();
    return last + 1;
  }

  /** Whether the line is empty. Empty lines do not count as rows. */
  isBlank(from: number, to: number): boolean {
    return to - from <= this.#format.endOfLine.length && this.#bytes.toString('utf8', from, to).trim() === '';
  }

  /** Returns the unchanged bytes, including line endings. */
  raw(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }

  /** Reads the rows between two positions. */
  read(from: number, to: number): UploadedRow[] {
    if (!this.#hasQuotes || !this.#bytes.subarray(from, to).includes(quote)) return this.#split(from, to);
    const rows = to - from > longestRow ? undefined : this.#tryToParse(from, to);
    return rows ?? this.#readEach(from, to);
  }

  /** Reads the rows one by one, because one of them is bad or they are too long to parse together. */
  #readEach(from: number, to: number): UploadedRow[] {
    const rows: UploadedRow[] = [];
    for (let at = from; at < to;) {
      const end = this.next(at);
      if (end - at > longestRow) rows.push(new BadRow('The row is too long'));
      else rows.push(...(this.#tryToParse(at, end) ?? [this.#badRow(at, end)]));
      at = end;
    }
    return rows;
  }

  #tryToParse(from: number, to: number): string[][] | undefined {
    try {
      return this.#parse(from, to);
    } catch (error) {
      if (error instanceof CsvError) return undefined;
      throw error;
    }
  }

  #badRow(from: number, to: number): BadRow {
    const text = this.#bytes.toString('utf8', from, to).trimEnd();
    return new BadRow('A quote is in a place where it is not allowed', text.split(this.#format.delimiter));
  }

  #split(from: number, to: number): string[][] {
    const { delimiter, endOfLine } = this.#format;
    const lines = this.#bytes.toString('utf8', from, to).split(endOfLine);
    return lines.filter((line) => line !== '').map((line) => line.split(delimiter));
  }

  #parse(from: number, to: number): string[][] {
    const { delimiter, endOfLine } = this.#format;
    const options = { delimiter, record_delimiter: endOfLine, relax_column_count: true, skip_empty_lines: true };
    return parse(this.#bytes.subarray(from, to), options);
  }

  /** Returns the end of a row, ignoring line feeds within quotes. A quote opens only at the start of a cell. */
  #endWithQuotes(from: number, firstLineFeed: number): number {
    const bytes = this.#bytes;
    const firstQuote = bytes.indexOf(quote, from);
    if (firstQuote < 0 || (firstLineFeed >= 0 && firstQuote > firstLineFeed)) return firstLineFeed;
    let atStart = true;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === lineFeed) return at;
      if (atStart && byte === quote) at = this.#closingQuote(at + 1);
      atStart = byte === this.#delimiter;
    }
    return -1;
  }

  #closingQuote(from: number): number {
    let at = from;
    for (;;) {
      const next = this.#bytes.indexOf(quote, at);
      if (next < 0) return this.#bytes.length;
      if (this.#bytes[next + 1] !== quote) return next;
      at = next + 2;
    }
  }

  #wrongLineEnding(): JobFailure {
    const text = `LineEnding is invalid on user data. Current LineEnding setting is ${this.#format.lineEnding}`;
    return new JobFailure('ClientInputError', text);
  }
}
