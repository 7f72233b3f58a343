import { NdjsonReader } from '../base/ndjson.js';
import type { NdjsonRow } from '../base/ndjson.js';
import type { Mark } from '../base/rowBytes.js';
import { FeedError } from './feedError.js';
import { nestedValue } from './mapping/nestedValue.js';
import { rowsOf } from './rowFormat.js';
import type { FormattedBytes, OpenTable } from './rowFormat.js';
import type { FeedRow } from './mapping/rowMapper.js';

/**
 * One JSON object per line. A column is a key of the object, or a path into the objects in it. There is no header: the
 * columns are those that the mapping names, and a row may lack any of them.
 */
export async function ndjsonFormat(given: FormattedBytes): Promise<OpenTable<FeedRow>> {
  const table = objectTable(given);
  if (given.from !== undefined) return table;
  return { ...table, rows: withoutOtherFormat(table.rows, given.feed, table.columns) };
}

/** The elements of a JSON list, each on a line. Messages count them, because the lines are not those of the file. */
export async function jsonListFormat(given: FormattedBytes): Promise<OpenTable<FeedRow>> {
  return { ...(await ndjsonFormat(given)), unit: 'row' };
}

/** The rows of such lines, whatever the first line is. */
export function objectTable({ mapping, bytes, from }: FormattedBytes): OpenTable<FeedRow> {
  const columns = [...new Set(mapping.columns.map(({ column }) => column))];
  const reader = new NdjsonReader(from === undefined ? {} : { at: from });
  const tableRows = {
    push: (chunk: Uint8Array) => reader.push(chunk).map((row) => objectRow(row, columns)),
    end: () => reader.end().map((row) => objectRow(row, columns)),
  };
  const rows = rowsOf(tableRows, bytes.rest);
  return { columns, hasHeader: false, json: rowJson, isVoid: () => false, wholeText: () => undefined, rows };
}

/** @throws {FeedError} if the first line shows another format, because every line would be rejected */
async function* withoutOtherFormat(
  blocks: AsyncIterable<FeedRow[]>,
  feed: string,
  columns: readonly string[],
): AsyncIterable<FeedRow[]> {
  let isFirst = true;
  for await (const block of blocks) {
    const [first] = block;
    if (isFirst && first?.issue?.code === 'not-json') checkFormat(first.raw().trim(), feed, columns);
    isFirst &&= first === undefined;
    yield block;
  }
}

function checkFormat(line: string, feed: string, columns: readonly string[]): void {
  const isHeader = !line.includes('{') && columns.every((column) => line.includes(column));
  if (isHeader) throw otherFormat(feed, 'begins with a CSV header', 'Give the file the ending .csv.');
  if (line.startsWith('['))
    throw otherFormat(feed, 'begins with a list', 'Name its format: --format json, or the ending .json.');
  if (line !== '{') return;
  throw otherFormat(feed, 'has objects that span several lines', 'Write one object in each line; `jq -c .` does that.');
}

function otherFormat(feed: string, found: string, step: string): FeedError {
  return new FeedError('unknown-format', `The feed ${feed} is read as one JSON object in each line, but ${found}.`, [
    step,
  ]);
}

/** Expressions see numbers as in JSON; columns see them as they were written. */
export function rowJson(row: FeedRow): string {
  return row.raw();
}

/** Returns a text, which is one JSON object without a line break, as a row. */
export function rowOfText(text: string, columns: readonly string[], at?: Mark): FeedRow {
  const [row] = new NdjsonReader(at && { at }).push(Buffer.from(`${text}\n`));
  // A line that is not blank is always a row.
  if (!row) throw new TypeError('The object has no text.');
  return objectRow(row, columns);
}

/** Returns a line as a row of the columns that a mapping names. */
export function objectRow(row: NdjsonRow, columns: readonly string[]): FeedRow {
  const { value, issue, start, next } = row;
  const raw = (): string => row.raw();
  if (issue !== undefined && issue.code !== 'not-utf8') return { cells: [], issue, start, next, raw };
  const values = columns.map((column) => nestedValue(value, column));
  const texts = values.map((each) => ('text' in each ? each.text : null));
  if (issue !== undefined) {
    const cell = texts.findIndex(isDamaged);
    const damaged = texts.map((text) => (text === '' || isDamaged(text) ? null : text));
    return { cells: damaged, issue: cell === -1 ? issue : { ...issue, cell }, start, next, raw };
  }
  const cell = values.findIndex((each) => 'issue' in each);
  const found = values[cell];
  if (found === undefined || !('issue' in found)) return { cells: texts, value, start, next, raw };
  return { cells: texts, value, issue: { code: 'nested', detail: found.issue, cell }, start, next, raw };
}

function isDamaged(text: string | null): boolean {
  return text?.includes('\ufffd') ?? false;
}
