import { isUtf8 } from 'node:buffer';
import { CsvReader } from '../../base/csv/csv.js';
import { isJsonObject } from '../../base/jsonObject.js';
import { JsonNumber, NdjsonReader } from '../../base/ndjson.js';
import { JsonListLines } from '../bytes/jsonListLines.js';
import type { ByteSource } from '../bytes/byteSource.js';
import { textSource } from '../bytes/textSource.js';
import type { FeedFormat } from '../openFeed.js';

/** The first rows of a feed, as texts by column. */
export interface FeedSample {
  readonly feed: string;
  readonly format: FeedFormat;
  /** Character between the cells; undefined for JSON. */
  readonly delimiter: string | undefined;
  /** Undefined for UTF-8, or what a byte-order mark says. */
  readonly encoding: string | undefined;
  readonly columns: readonly string[];
  /** Trimmed; empty where a row has no value. */
  readonly rows: readonly (readonly string[])[];
  /** The table that the rows are of, and the column in whose order they can be read. */
  readonly database?: { readonly table: string; readonly orderBy: string | undefined } | undefined;
  /** Columns of JSON that hold a list or an object, which only an expression can read. */
  readonly nested: readonly string[];
}

/** Bytes that are looked at, at most. */
const mostBytes = 4 * 1024 * 1024;

/** What most programs that do not write UTF-8 write. */
const usualEncoding = 'windows-1252';

/**
 * Reads the first rows of a feed. Rows that are not readable are left out.
 * @param rows how many rows to read, at most
 * @throws {FeedError} if the feed cannot be read
 */
export async function feedSample(source: ByteSource, format: FeedFormat, rows: number): Promise<FeedSample> {
  const utf8 = await firstBytes(textSource(source, undefined));
  const isText = isUtf8(wholeLines(utf8)) || utf8.includes(0);
  const bytes = isText ? utf8 : await firstBytes(textSource(source, usualEncoding));
  const table = format === 'csv' ? csvTable(bytes, rows) : jsonTable(bytes, { format, rows, feed: source.name });
  return { feed: source.name, format, encoding: isText ? undefined : usualEncoding, ...table };
}

async function firstBytes(source: ByteSource): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.open().chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(parts);
}

/** The last bytes may be a part of a character. */
function wholeLines(bytes: Buffer): Buffer {
  return bytes.length < mostBytes ? bytes : bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
}

type Table = Pick<FeedSample, 'delimiter' | 'columns' | 'rows' | 'nested'>;

const delimiters = [',', ';', '\t', '|'] as const;

/** Takes the delimiter that gives the most columns, as long as most rows have as many. */
function csvTable(bytes: Buffer, count: number): Table {
  const tables = delimiters.map((delimiter) => tableBy(bytes, delimiter, count));
  const [best] = tables.toSorted((a, b) => b.columns.length * b.rows.length - a.columns.length * a.rows.length);
  return best ?? { delimiter: undefined, columns: [], rows: [], nested: [] };
}

function tableBy(bytes: Buffer, delimiter: string, count: number): Table {
  const reader = new CsvReader({ delimiter });
  const [header, ...all] = [...reader.push(bytes), ...(bytes.length < mostBytes ? reader.end() : [])];
  const named = /^sep=(.)$/i.exec(header?.raw() ?? '');
  if (named !== null) {
    const line = bytes.indexOf(0x0a) + 1;
    return { ...tableBy(bytes.subarray(line), named[1] ?? delimiter, count), delimiter: undefined };
  }
  const columns = header?.cells.map((cell) => cell?.trim() ?? '') ?? [];
  const rows = all.filter(({ issue, cells }) => issue === undefined && cells.some((cell) => cell?.trim() !== ''));
  return {
    delimiter,
    columns,
    rows: rows.slice(0, count).map(({ cells }) => cells.map((cell) => cell?.trim() ?? '')),
    nested: [],
  };
}

interface JsonSample {
  readonly format: FeedFormat;
  readonly rows: number;
  readonly feed: string;
}

function jsonTable(bytes: Buffer, { format, rows: count, feed }: JsonSample): Table {
  const reader = new NdjsonReader();
  const lines = format === 'json' ? new JsonListLines(feed).push(bytes) : bytes;
  const all = [...reader.push(lines), ...(bytes.length < mostBytes ? reader.end() : [])];
  const objects = all.filter(({ issue }) => issue === undefined).slice(0, count);
  const nested = new Set<string>();
  const flat = objects.map(({ value }) => {
    const texts = new Map<string, string>();
    flatten(value, '', { texts, nested });
    return texts;
  });
  const columns = [...new Set(flat.flatMap((texts) => [...texts.keys()]))];
  const rows = flat.map((texts) => columns.map((column) => texts.get(column) ?? ''));
  return { delimiter: undefined, columns, rows, nested: [...nested].filter((path) => !columns.includes(path)) };
}

/** Adds the texts of an object by their paths. */
function flatten(
  value: Readonly<Record<string, unknown>>,
  before: string,
  found: { readonly texts: Map<string, string>; readonly nested: Set<string> },
): void {
  for (const [name, each] of Object.entries(value)) {
    const path = before === '' ? name : `${before}.${name}`;
    if (Array.isArray(each)) found.nested.add(path);
    else if (each instanceof JsonNumber) found.texts.set(path, each.source);
    else if (isJsonObject(each)) flatten(each, path, found);
    else if (typeof each === 'string') found.texts.set(path, each.trim());
    else if (typeof each === 'number' || typeof each === 'boolean') found.texts.set(path, String(each));
  }
}
