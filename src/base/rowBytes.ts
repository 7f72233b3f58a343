/** A position between two rows of a file. */
export interface Mark {
  /** Number of bytes before this position, including a byte-order mark. */
  readonly offset: number;
  /** Number of the line that begins or continues here, from 1. A line ends with LF or CRLF. */
  readonly line: number;
}

/** What is wrong with a row's form. Its content is checked later. */
export interface RowIssue<Code extends string = string> {
  readonly code: Code;
  /** What is wrong, as a clause that follows "line 7 …". */
  readonly detail: string;
  /** Line of the bad byte, if the row has several lines. */
  readonly line?: number;
  /** Index of the bad cell, if known. */
  readonly cell?: number;
}

/**
 * Limits of one row. They keep a missing quote from swallowing the rest of the file, and a long line from filling the
 * memory.
 */
export interface RowLimits {
  /** Maximum number of physical lines of one row. */
  readonly maxLines: number;
  /** Maximum number of bytes of one row. */
  readonly maxBytes: number;
}

export const defaultRowLimits: RowLimits = { maxLines: 100, maxBytes: 1024 * 1024 };

/** Number of bytes kept of a line that is too long, so that a person can recognize it. */
const headOfLongLine = 1024;

export const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Bytes that have arrived but are not rows yet. Row readers remove bytes from its front. It never holds much more than
 * `maxBytes` and one chunk, because a longer line is dropped while it arrives.
 */
export class Backlog {
  #bytes: Buffer = Buffer.alloc(0);
  #at: Mark;
  #dropping: { start: Mark; head: Buffer } | undefined;
  readonly #maxBytes: number;

  constructor(at: Mark, maxBytes: number) {
    this.#at = at;
    this.#maxBytes = maxBytes;
  }

  /** Position of the first byte of `bytes` in the file. */
  get at(): Mark {
    return this.#at;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Adds a chunk. Returns the long line that ended within it, if one was being dropped. */
  add(chunk: Uint8Array): LongLine | undefined {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#dropping === undefined) {
      this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
      return undefined;
    }
    const end = bytes.indexOf(lineFeed) + 1;
    if (end === 0) {
      this.#skip(bytes.length);
      return undefined;
    }
    this.#bytes = bytes;
    return this.#endOfLongLine(end);
  }

  /** Removes `length` bytes from the front. */
  consume(length: number): void {
    this.#at = markAfter(this.#bytes, 0, length, this.#at);
    this.#bytes = this.#bytes.subarray(length);
  }

  /** Starts to drop the line at the front if it is already too long and has no end yet. */
  dropLongLine(): void {
    if (this.#bytes.length <= Math.max(this.#maxBytes, headOfLongLine) || this.#bytes.includes(lineFeed)) return;
    this.#dropping = { start: this.#at, head: Buffer.from(this.#bytes.subarray(0, headOfLongLine)) };
    this.#skip(this.#bytes.length);
    this.#bytes = Buffer.alloc(0);
  }

  /** Must be called at the end of the input. Returns the long line that was being dropped, if any. */
  end(): LongLine | undefined {
    return this.#dropping === undefined ? undefined : this.#endOfLongLine(0);
  }

  #endOfLongLine(end: number): LongLine | undefined {
    if (this.#dropping === undefined) return undefined;
    const { start, head } = this.#dropping;
    this.#dropping = undefined;
    this.consume(end);
    return { start, next: this.#at, head };
  }

  #skip(length: number): void {
    this.#at = { offset: this.#at.offset + length, line: this.#at.line };
  }
}

export interface LongLine {
  readonly start: Mark;
  readonly next: Mark;
  readonly head: Buffer;
}

/** Returns the position of `bytes[to]`, if `mark` is the position of `bytes[from]`. */
export function markAfter(bytes: Buffer, from: number, to: number, mark: Mark): Mark {
  let line = mark.line;
  for (let end = bytes.indexOf(lineFeed, from); end !== -1 && end < to; end = bytes.indexOf(lineFeed, end + 1)) line++;
  return { offset: mark.offset + (to - from), line };
}

/** Returns the index after the line that begins at `from`: after its LF, or `limit` if there is no LF before that. */
export function endOfLine(bytes: Buffer, from: number, limit = bytes.length): number {
  const end = bytes.indexOf(lineFeed, from);
  return end === -1 || end >= limit ? limit : end + 1;
}

/** Returns the index of the first line at or after `from` that is not empty. */
export function skipEmptyLines(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  for (;;) {
    if (at < limit && bytes[at] === lineFeed) at += 1;
    else if (at + 1 < limit && bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 2;
    else return at;
  }
}

/** Returns the text of a row without the line end of its last line. Bytes that are not UTF-8 become U+FFFD. */
export function rawText(bytes: Buffer, from: number, to: number): string {
  let end = to;
  if (end > from && bytes[end - 1] === lineFeed) end--;
  if (end > from && bytes[end - 1] === carriageReturn) end--;
  return bytes.toString('utf8', from, end);
}

/** Returns the beginning of a line that is too long to show. */
export function rawHead(line: Buffer): string {
  return `${line.toString('utf8', 0, headOfLongLine)}…`;
}
