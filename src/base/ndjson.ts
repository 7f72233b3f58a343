import { isUtf8 } from 'node:buffer';
import { isJsonObject } from './jsonObject.js';
import { nameTwice } from './jsonNames.js';
import { Backlog, defaultRowLimits, endOfLine, markAfter, rawHead, rawText } from './rowBytes.js';
import type { LongLine, Mark, RowIssue, RowLimits } from './rowBytes.js';
import { byteOrderMark } from './utf8.js';

export type NdjsonIssueCode = 'not-json' | 'name-twice' | 'too-long' | 'not-utf8';

/** One line of NDJSON that is not blank. */
export interface NdjsonRow {
  /** The JSON object. Empty if the line is not one. In a `not-utf8` line, bad bytes are U+FFFD. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly issue?: RowIssue<NdjsonIssueCode> | undefined;
  readonly start: Mark;
  readonly next: Mark;
  raw(): string;
}

export interface NdjsonOptions {
  readonly at?: Mark;
  readonly limits?: RowLimits;
}

/** A JSON number that a binary float cannot represent as written. `source` is its text, as `JSON.parse` names it. */
export class JsonNumber {
  constructor(
    readonly source: string,
    readonly value: number,
  ) {}

  toString(): string {
    return this.source;
  }
}

/** Reads NDJSON from raw bytes, in chunks of any size. Each line is one JSON object. Blank lines are not rows. */
export class NdjsonReader {
  readonly #backlog: Backlog;
  readonly #limits: RowLimits;

  constructor(options: NdjsonOptions = {}) {
    this.#limits = options.limits ?? defaultRowLimits;
    this.#backlog = new Backlog(options.at ?? { offset: 0, line: 1 }, this.#limits.maxBytes);
  }

  push(chunk: Uint8Array): NdjsonRow[] {
    const longLine = this.#backlog.add(chunk);
    const rows = longLine === undefined ? [] : [tooLong(longLine)];
    this.#read(this.#backlog.bytes.lastIndexOf(0x0a) + 1, rows);
    this.#backlog.dropLongLine();
    return rows;
  }

  end(): NdjsonRow[] {
    const longLine = this.#backlog.end();
    const rows = longLine === undefined ? [] : [tooLong(longLine)];
    this.#read(this.#backlog.bytes.length, rows);
    return rows;
  }

  #read(end: number, rows: NdjsonRow[]): void {
    const { bytes } = this.#backlog;
    let start = this.#backlog.at;
    let from = start.offset === 0 ? byteOrderMark(bytes) : 0;
    if (from > 0) start = { offset: from, line: start.line };
    while (from < end) {
      const to = endOfLine(bytes, from, end);
      const next = markAfter(bytes, from, to, start);
      const row = this.#row(bytes.subarray(from, to), start, next);
      if (row !== undefined) rows.push(row);
      from = to;
      start = next;
    }
    this.#backlog.consume(end);
  }

  #row(bytes: Buffer, start: Mark, next: Mark): NdjsonRow | undefined {
    if (bytes.length > this.#limits.maxBytes) return tooLong({ start, next, head: bytes });
    // When files are joined, the byte-order mark of the second file ends up in front of a line. It has no meaning there.
    const text = rawText(bytes, byteOrderMark(bytes), bytes.length);
    if (text.trim() === '') return undefined;
    const row = { start, next, raw: () => text };
    const parsed = parseObject(text);
    if (typeof parsed === 'string') return { ...row, value: {}, issue: { code: 'not-json', detail: parsed } };
    const twice = nameTwice(text);
    if (twice !== undefined) return { ...row, value: {}, issue: hasTwice(twice) };
    const detail = notUtf8(bytes, text, parsed);
    return { ...row, value: parsed, issue: detail === undefined ? undefined : { code: 'not-utf8', detail } };
  }
}

/** An escape may be half a character (a single surrogate), which neither UTF-8 nor an org can represent. */
function notUtf8(bytes: Buffer, text: string, value: object): string | undefined {
  if (!isUtf8(bytes)) return 'has a byte that is not UTF-8';
  if (!/\\ud[89a-f]/i.test(text)) return undefined;
  const half = /(?<!\\)(?:\\\\)*(\\ud[89a-f][0-9a-f]{2})/.exec(JSON.stringify(value))?.[1];
  return half === undefined ? undefined : `has half a character, ${half}, which is not UTF-8`;
}

/**
 * Finds a number after a name that a float might write differently. All numbers with up to 8 digits, then up to 6 decimal
 * places without a zero at the end, are written as they were.
 */
const unusualNumber = /"\s*:\s*(?!(?:-?[1-9]\d{0,7}|0|-0(?=\.))(?:\.\d{0,5}[1-9])?\s*[,\]}])-?\d/;

/** Parsing with a function for each value takes four times as long, and fails where a text is nested deeply. */
const shortText = 4000;

/** Returns the object in the text, or what is wrong with the text. */
function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const keepsNumbers = text.length <= shortText && !text.includes('[') && !unusualNumber.test(text);
    const value: unknown = keepsNumbers ? JSON.parse(text) : JSON.parse(text, keepDecimals);
    if (isJsonObject(value) && !(value instanceof JsonNumber)) return value;
    return 'is JSON, but not an object';
  } catch (error) {
    if (error instanceof RangeError) return 'has objects and lists that are nested too deeply';
    return `is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Keeps the text of a number if the float would be written differently, as for 0.10 or 12345678901234567890. */
function keepDecimals(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined || String(value) === context.source) return value;
  return new JsonNumber(context.source, value);
}

function hasTwice(name: string): RowIssue<NdjsonIssueCode> {
  return { code: 'name-twice', detail: `has the name ${JSON.stringify(name)} twice in one object` };
}

function tooLong({ start, next, head }: LongLine): NdjsonRow {
  const issue = { code: 'too-long', detail: 'is longer than a row may be' } as const;
  return { value: {}, issue, start, next, raw: () => rawHead(head) };
}
