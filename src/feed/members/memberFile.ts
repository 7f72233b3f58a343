import { extname } from 'node:path';
import { CsvReader } from '../../base/csv/csv.js';
import { isBlankRow } from '../../base/csv/csvRow.js';
import type { CsvRow } from '../../base/csv/csvRow.js';
import { NdjsonReader } from '../../base/ndjson.js';
import type { NdjsonRow } from '../../base/ndjson.js';
import { checkText, chunksOf } from '../bytes/byteChunks.js';
import { FeedError } from '../feedError.js';
import { fileSource, streamSource } from '../bytes/byteSource.js';
import { textSource } from '../bytes/textSource.js';
import { nestedValue } from '../mapping/nestedValue.js';
import { memberColumns } from './memberColumns.js';

/** One row of a file of members. */
export interface MemberFileRow {
  readonly line: number;
  /** Values by the names that the file has, trimmed. Empty ones are left out. */
  readonly values: ReadonlyArray<readonly [name: string, text: string]>;
  /** The row as expressions see it: a JSON object. */
  readonly json: string;
}

/** A row that cannot be used, and the reason, as a clause whose subject is the line. */
export interface BadMemberRow {
  readonly line: number;
  readonly problem: string;
}

export interface MemberFileOptions {
  /** Character between the cells of a CSV row. Default: comma. */
  readonly delimiter?: string | undefined;
  /** As the Encoding standard writes it. Default: UTF-8, or what a byte-order mark says. */
  readonly encoding?: string | undefined;
  /** Names to read from each object of NDJSON, or paths into it. Default: all its names. */
  readonly paths?: readonly string[] | undefined;
  /** Columns that a file may have, for the advice about one without a header. Default: those of persons to enroll. */
  readonly columns?: readonly string[] | undefined;
  /** Is given the header of a CSV file before any row. */
  readonly onHeader: (columns: readonly string[]) => void | Promise<void>;
}

/**
 * Reads the rows of a CSV file with a header, of an NDJSON file (`.ndjson`, `.jsonl`), or of standard input (`-`, CSV).
 * @throws {FeedError} if the file cannot be read, or has no header
 */
export function readMemberFile(
  path: string,
  options: MemberFileOptions,
): AsyncIterable<ReadonlyArray<MemberFileRow | BadMemberRow>> {
  const source = path === '-' ? streamSource(() => process.stdin) : fileSource(path);
  const isNdjson = ['.ndjson', '.jsonl'].includes(extname(path).toLowerCase());
  const bytes = checkText(chunksOf(textSource(source, options.encoding)), path);
  return isNdjson ? ndjsonRows(bytes, options) : csvRows(bytes, path, options);
}

type Rows = AsyncGenerator<Array<MemberFileRow | BadMemberRow>>;

async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  { delimiter = ',', columns: known, onHeader }: MemberFileOptions,
): Rows {
  let columns: readonly string[] | undefined;
  for await (const rows of blocksOf(new CsvReader({ delimiter }), bytes)) {
    let rest = rows;
    if (columns === undefined && rows[0] !== undefined) {
      columns = header(rows[0], path, { delimiter, known });
      await onHeader(columns);
      rest = rows.slice(1);
    }
    const names = columns ?? [];
    yield rest.filter((row) => !isBlankRow(row, delimiter)).map((row) => csvRow(row, names));
  }
  if (columns === undefined) throw noHeader(`${path} is empty`, known);
}

function csvRow({ issue, cells, start: { line } }: CsvRow, columns: readonly string[]): MemberFileRow | BadMemberRow {
  if (issue) return { line, problem: issue.detail };
  const texts = columns.map((name, index) => [name, cells[index]?.trim() ?? ''] as const);
  return { line, values: filled(texts), json: JSON.stringify(Object.fromEntries(texts)) };
}

async function* ndjsonRows(bytes: AsyncIterable<Uint8Array>, { paths }: MemberFileOptions): Rows {
  for await (const rows of blocksOf(new NdjsonReader(), bytes)) yield rows.map((row) => ndjsonRow(row, paths));
}

function ndjsonRow(row: NdjsonRow, paths: readonly string[] = Object.keys(row.value)): MemberFileRow | BadMemberRow {
  const { line } = row.start;
  if (row.issue) return { line, problem: row.issue.detail };
  const texts: Array<readonly [string, string]> = [];
  for (const path of paths) {
    const value = nestedValue(row.value, path);
    if ('issue' in value) return { line, problem: `has ${path}, which ${value.issue}` };
    texts.push([path, value.text.trim()]);
  }
  return { line, values: filled(texts), json: row.raw() };
}

function filled(texts: ReadonlyArray<readonly [string, string]>): ReadonlyArray<readonly [string, string]> {
  return texts.filter(([, text]) => text !== '');
}

async function* blocksOf<Row>(
  reader: { push(chunk: Uint8Array): Row[]; end(): Row[] },
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row[]> {
  for await (const chunk of bytes) yield reader.push(chunk);
  yield reader.end();
}

function header(
  { issue, cells }: CsvRow,
  path: string,
  { delimiter, known }: { readonly delimiter: string; readonly known: readonly string[] | undefined },
): string[] {
  if (issue) throw noHeader(`${path}, line 1 is not a header: it ${issue.detail}`, known);
  const other = cells.length === 1 ? /[;\t|,]/.exec(cells[0] ?? '')?.[0] : undefined;
  if (other !== undefined && other !== delimiter) throw otherDelimiter(other, path, delimiter);
  return cells.map((cell) => cell?.trim() ?? '');
}

const delimiterNames: ReadonlyMap<string, string> = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
]);

function otherDelimiter(found: string, path: string, delimiter: string): FeedError {
  const expected = delimiterNames.get(delimiter) ?? JSON.stringify(delimiter);
  return new FeedError(
    'no-header',
    `${path}, line 1: the columns are separated by ${JSON.stringify(found)}, not by ${expected}.`,
    [
      `Name the character: --delimiter ${found === '\t' ? 'tab' : `"${found}"`}, or \`delimiter: ${JSON.stringify(found)}\` in the mapping.`,
    ],
  );
}

/**
 * @param what what is wrong with the header, as a sentence without its end
 * @param columns those that the file may have. Default: those of persons to enroll
 */
export function noHeader(what: string, columns: readonly string[] = memberColumns): FeedError {
  return new FeedError('no-header', `${what}.`, [
    `Begin the file with a line of these columns: ${columns.join(', ')}.`,
  ]);
}
