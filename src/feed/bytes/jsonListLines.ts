import { byteOrderMark } from '../../base/utf8.js';
import { FeedError } from '../feedError.js';

const lineFeed = 0x0a;
const space = 0x20;
const tab = 0x09;
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);

/**
 * Writes each element of a JSON list on a line of its own, so that the list can be read as NDJSON. Only the separators
 * and line breaks change: numbers stay as they are written. Bytes that do not begin with a list pass unchanged.
 */
export class JsonListLines {
  readonly #feed: string;
  #isList: boolean | undefined;
  /** Number of lists and objects that are open, the list itself included. */
  #depth = 0;
  #hasBegun = false;
  #isText = false;
  #isEscaped = false;
  /** What has arrived before the first byte that is not blank. */
  #start: Uint8Array = new Uint8Array();

  /** @param feed name of the feed, for errors */
  constructor(feed: string) {
    this.#feed = feed;
  }

  /** @throws {FeedError} if something follows the list */
  push(chunk: Uint8Array): Uint8Array {
    const isList = this.#isList;
    if (isList === false) return chunk;
    if (isList) return this.#lines(chunk);
    this.#start = Buffer.concat([this.#start, chunk]);
    const from = byteOrderMark(this.#start);
    const first = this.#start.subarray(from).find((byte) => !isBlank(byte));
    if (first === undefined) return new Uint8Array();
    this.#isList = first === 0x5b;
    return this.#isList ? this.#lines(this.#start.subarray(from)) : this.#start;
  }

  /** @throws {FeedError} if the list has not ended */
  end(): Uint8Array {
    if (this.#isList === undefined) return this.#start;
    if (this.#isList && this.#depth > 0) {
      throw new FeedError('malformed-feed', `The list in the feed ${this.#feed} has no end: the file is cut off.`, [
        'Give the complete file: what was read is stored, and is recognized by its keys.',
      ]);
    }
    return new Uint8Array();
  }

  #lines(chunk: Uint8Array): Uint8Array {
    const lines = Buffer.from(chunk);
    for (let at = 0; at < lines.length; at++) lines[at] = this.#passed(lines[at] ?? space);
    return lines;
  }

  /** Returns what a byte becomes. */
  #passed(byte: number): number {
    if (this.#isText) return this.#inText(byte);
    // Nothing but line ends may follow a position at which a feed has not grown.
    if (isBlank(byte)) return this.#depth === 0 ? lineFeed : space;
    if (openers.has(byte)) return this.#opened(byte);
    if (this.#depth === 0) throw this.#moreAfterList();
    if (closers.has(byte)) {
      this.#depth -= 1;
      return this.#depth === 0 ? lineFeed : byte;
    }
    this.#isText = byte === quote;
    return byte === comma && this.#depth === 1 ? lineFeed : byte;
  }

  #opened(byte: number): number {
    const isOutermost = this.#depth === 0;
    if (isOutermost && this.#hasBegun) throw this.#moreAfterList();
    this.#hasBegun = true;
    this.#depth += 1;
    return isOutermost ? space : byte;
  }

  /** A line break within a text is an error in JSON. A tab is one too, and does not begin another line. */
  #inText(byte: number): number {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isText = false;
    return byte === lineFeed ? tab : byte;
  }

  #moreAfterList(): FeedError {
    return new FeedError('malformed-feed', `In the feed ${this.#feed}, something follows the end of the list.`, [
      'Correct the program that writes it: such a file is one list of objects.',
    ]);
  }
}

function isBlank(byte: number): boolean {
  return byte === space || byte === tab || byte === lineFeed || byte === 0x0d;
}
