import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { CsvReader } from '../../base/csv.js';
import { nearest } from '../../base/nearest.js';
import { NdjsonReader } from '../../base/ndjson.js';
import { FeedError } from '../feedError.js';

/** One row of a file of members, by column name. */
export interface MemberRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A row that cannot be used: where, and why. */
export interface BadMemberRow {
  readonly line: number;
  readonly problem: string;
}

/**
 * Columns of a file of members, spelled in any case. They are the fields of the enrollment request, flattened.
 */
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
 * Rows of a CSV file with a header, of an NDJSON file (`.ndjson`, `.jsonl`), or of standard input (`-`, CSV).
 * @throws {FeedError} for a file that cannot be read, and for a header with a column that nobody knows
 */
export async function* readMemberFile(path: string): AsyncGenerator<MemberRow | BadMemberRow, void, void> {
  const bytes: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path);
  const isNdjson = ['.ndjson', '.jsonl'].includes(extname(path).toLowerCase());
  try {
    yield* isNdjson ? ndjsonRows(bytes) : csvRows(bytes, path);
  } catch (error) {
    if (error instanceof FeedError || !(error instanceof Error)) throw error;
    throw new FeedError('file-unreadable', `The file ${path} cannot be read: ${error.message}.`, [], { cause: error });
  }
}

async function* csvRows(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<MemberRow | BadMemberRow> {
  const reader = new CsvReader();
  let columns: string[] | undefined;
  for await (const row of rowsOf(reader, bytes)) {
    if (row.fault) yield { line: row.start.line, problem: row.fault.detail };
    else if (columns) yield { line: row.start.line, values: byColumn(columns, row.cells) };
    else columns = row.cells.map((cell) => columnName(cell ?? '', path));
  }
}

async function* ndjsonRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<MemberRow | BadMemberRow> {
  for await (const row of rowsOf(new NdjsonReader(), bytes)) {
    if (row.fault) yield { line: row.start.line, problem: row.fault.detail };
    else yield { line: row.start.line, values: byName(row.value) };
  }
}

async function* rowsOf<Row>(
  reader: { push(chunk: Buffer): Row[]; end(): Row[] },
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<Row> {
  for await (const chunk of bytes) yield* reader.push(chunk);
  yield* reader.end();
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
  const filled = columns.flatMap((name, index) => (cells[index] ? [[name, cells[index]] as const] : []));
  return Object.fromEntries(filled);
}

function byName(value: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [canonical.get(name.toLowerCase()) ?? name, String(content)]),
  );
}
