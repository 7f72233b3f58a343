import { NdjsonReader } from '../base/ndjson.js';
import type { NdjsonRow } from '../base/ndjson.js';
import type { Feed } from './feed.js';
import { FeedError } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import { nestedValue } from './mapping/nestedValue.js';
import { feedOf, rowsOf } from './readFeed.js';
import type { OpenFormat } from './readFeed.js';
import type { FeedRow } from './mapping/rowMapper.js';
import { fileSource, streamSource } from './bytes/byteSource.js';
import type { ByteSource, ByteStream } from './bytes/byteSource.js';

/** A feed from a file with one JSON object per line, or from a stream of such bytes. A column is a key of the object,
 * or a path into the objects in it. */
export function ndjsonFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return ndjsonFeedOf(typeof source === 'string' ? fileSource(source) : streamSource(() => source), mapping);
}

export function ndjsonFeedOf(source: ByteSource, mapping: Mapping): Feed {
  return feedOf(source, mapping, openNdjson(source.name, mapping));
}

/** There is no header: the columns are those that the mapping names, and a row may lack any of them. */
function openNdjson(feed: string, mapping: Mapping): OpenFormat<FeedRow> {
  const columns = [...new Set(mapping.columns.map(({ column }) => column))];
  return async ({ rest }, from) => {
    const reader = new NdjsonReader(from === undefined ? {} : { at: from });
    const tableRows = {
      push: (chunk: Uint8Array) => reader.push(chunk).map((row) => tableRow(row, columns)),
      end: () => reader.end().map((row) => tableRow(row, columns)),
    };
    const rows = rowsOf(tableRows, rest);
    const table = { columns, hasHeader: false, json, isVoid: () => false, wholeText: () => undefined };
    return { ...table, rows: from === undefined ? withoutOtherFormat(rows, feed, columns) : rows };
  };
}

/** @throws {FeedError} if the first line is one of another format: each line would be rejected for it */
async function* withoutOtherFormat(
  blocks: AsyncIterable<FeedRow[]>,
  feed: string,
  columns: readonly string[],
): AsyncIterable<FeedRow[]> {
  let isFirst = true;
  for await (const block of blocks) {
    const [first] = block;
    if (isFirst && first?.fault?.code === 'not-json') checkFormat(first.raw().trim(), feed, columns);
    isFirst &&= first === undefined;
    yield block;
  }
}

function checkFormat(line: string, feed: string, columns: readonly string[]): void {
  const isHeader = !line.includes('{') && columns.every((column) => line.includes(column));
  if (isHeader) throw otherFormat(feed, 'begins with a header of CSV', 'Give the file the ending .csv.');
  const filter = line === '{' ? '.' : line.startsWith('[') ? "'.[]'" : undefined;
  if (filter === undefined) return;
  const found = line === '{' ? 'has objects that go over several lines' : 'begins with a list';
  throw otherFormat(feed, found, `Write one object in each line; \`jq -c ${filter}\` does that.`);
}

function otherFormat(feed: string, found: string, step: string): FeedError {
  return new FeedError('unknown-format', `The feed ${feed} is read as one JSON object in each line, but ${found}.`, [
    step,
  ]);
}

/** Expressions see numbers as JSON has them; columns see them as they were written. */
function json(row: FeedRow): string {
  return row.raw();
}

function tableRow(row: NdjsonRow, columns: readonly string[]): FeedRow {
  const { value, fault, start, next } = row;
  const raw = (): string => row.raw();
  if (fault !== undefined && fault.code !== 'not-utf8') return { cells: [], fault, start, next, raw };
  const values = columns.map((column) => nestedValue(value, column));
  const texts = values.map((each) => ('text' in each ? each.text : null));
  if (fault !== undefined) {
    const cell = texts.findIndex(isDamaged);
    const damaged = texts.map((text) => (text === '' || isDamaged(text) ? null : text));
    return { cells: damaged, fault: cell === -1 ? fault : { ...fault, cell }, start, next, raw };
  }
  const cell = values.findIndex((each) => 'fault' in each);
  const found = values[cell];
  if (found === undefined || !('fault' in found)) return { cells: texts, start, next, raw };
  return { cells: texts, fault: { code: 'nested', detail: found.fault, cell }, start, next, raw };
}

function isDamaged(text: string | null): boolean {
  return text?.includes('\ufffd') ?? false;
}
