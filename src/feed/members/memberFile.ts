import { extname } from 'node:path';
import { CsvReader } from '../../base/csv/csv.js';
import { isBlankRow } from '../../base/csv/csvRow.js';
import type { CsvRow } from '../../base/csv/csvRow.js';
import { nearest } from '../../base/text/nearest.js';
import { JsonNumber, NdjsonReader } from '../../base/ndjson.js';
import { checkText, chunksOf } from '../bytes/byteChunks.js';
import { FeedError } from '../feedError.js';
import { fileSource, streamSource } from '../bytes/byteSource.js';

/** One row of a file of members, by column name. */
export interface MemberFileRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A row that cannot be used, with the line and the reason. */
export interface BadMemberRow {
  readonly line: number;
  readonly problem: string;
}

/** Columns of a file of members, in any case. They are the fields of the enrollment request, flattened. */
export const memberColumns = [
  'membershipNumber',
  'firstName',
  'lastName',
  'email',
  'enrollmentDate',
  'memberStatus',
  'enrollmentChannel',
  'referredBy',
  'membershipEndDate',
] as const;

const canonical = new Map<string, string>(memberColumns.map((name) => [name.toLowerCase(), name]));

/**
 * Reads the rows of a CSV file with a header, of an NDJSON file (`.ndjson`, `.jsonl`), or of standard input (`-`, CSV).
 * @throws {FeedError} if the file cannot be read, or its header has an unknown column
 */
export function readMemberFile(path: string): AsyncIterable<MemberFileRow | BadMemberRow> {
  const source = path === '-' ? streamSource(() => process.stdin) : fileSource(path);
  const isNdjson = ['.ndjson', '.jsonl'].includes(extname(path).toLowerCase());
  const bytes = checkText(chunksOf(source), path);
  return isNdjson ? ndjsonRows(bytes) : csvRows(bytes, path);
}

async function* csvRows(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<MemberFileRow | BadMemberRow> {
  let columns: string[] | undefined;
  for await (const row of rowsOf(new CsvReader(), bytes)) {
    const { line } = row.start;
    if (columns === undefined) columns = header(row, path);
    else if (isBlankRow(row, ',')) continue;
    else if (row.issue) yield { line, problem: row.issue.detail };
    else yield { line, values: byColumn(columns, row.cells) };
  }
  if (columns === undefined) throw noHeader(`${path} is empty`);
}

async function* ndjsonRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<MemberFileRow | BadMemberRow> {
  for await (const row of rowsOf(new NdjsonReader(), bytes)) {
    if (row.issue) yield { line: row.start.line, problem: row.issue.detail };
    else yield byName(row.start.line, row.value);
  }
}

async function* rowsOf<Row>(
  reader: { push(chunk: Uint8Array): Row[]; end(): Row[] },
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  for await (const chunk of bytes) yield* reader.push(chunk);
  yield* reader.end();
}

function header({ issue, cells }: CsvRow, path: string): string[] {
  if (!issue) {
    const other = cells.length === 1 ? /[;\t|]/.exec(cells[0] ?? '')?.[0] : undefined;
    if (other !== undefined) throw otherDelimiter(other, path);
    const names = cells.map((cell) => columnName(cell ?? '', path));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) return names;
    throw noHeader(`${path}, line 1 has the column ${twice} twice`);
  }
  throw noHeader(`${path}, line 1 is not a header: it ${issue.detail}`);
}

function otherDelimiter(found: string, path: string): FeedError {
  return new FeedError(
    'no-header',
    `${path}, line 1: the columns are separated by ${JSON.stringify(found)}, and in a file of members by commas.`,
    ['Save it with commas between the columns, or as NDJSON (.ndjson), which has no such character.'],
  );
}

function noHeader(what: string): FeedError {
  return new FeedError('no-header', `${what}.`, [
    `Begin the file with a line of these columns: ${memberColumns.join(', ')}.`,
  ]);
}

function columnName(name: string, path: string): string {
  const known = canonical.get(name.trim().toLowerCase());
  if (known !== undefined) return known;
  const near = nearest(name, memberColumns);
  throw new FeedError(
    'unknown-column',
    `${path}, line 1: a file of members has no column "${name}".` + (near ? ` Do you mean ${near}?` : ''),
    [`Use these columns: ${memberColumns.join(', ')}.`],
  );
}

function byColumn(columns: readonly string[], cells: readonly (string | null)[]): Record<string, string> {
  return filled(columns.map((name, index) => [name, cells[index]]));
}

/** Case is ignored, so two names of the row may be the same column. */
function byName(line: number, value: Readonly<Record<string, unknown>>): MemberFileRow | BadMemberRow {
  const names = Object.keys(value).map((name) => canonical.get(name.toLowerCase()) ?? name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { line, problem: `has the column ${twice} twice` };
  return { line, values: filled(Object.values(value).map((content, index) => [names[index] ?? '', content])) };
}

/** Drops cells that are empty, or null in JSON. */
function filled(entries: readonly (readonly [string, unknown])[]): Record<string, string> {
  const texts = entries.map(([name, content]) => [name, textOf(content)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function textOf(content: unknown): string {
  if (content instanceof JsonNumber) return content.source;
  return typeof content === 'string' || typeof content === 'number' ? String(content).trim() : '';
}
