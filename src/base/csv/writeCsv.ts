import { Readable } from 'node:stream';
import { completeDraft, replaceFile } from '../files/replaceFile.js';
import { spreadsheetText } from '../text/spreadsheetText.js';
import { csvQuoted } from './csvCell.js';

/**
 * Writes a CSV file with a header, row by row, so memory does not grow with the number of rows. A value that is
 * undefined or null becomes an empty cell. The file replaces an older one only when it is complete and on disk. Only
 * its owner can read it, because rows name people. If the path is a link, the link itself is replaced, not its target.
 *
 * Every cell is quoted, and text that a spreadsheet would run is marked: see {@link spreadsheetText}.
 *
 * @param columns names of the columns, which are the keys of the rows
 * @throws {Error} from the file system if the file cannot be written
 */
export async function writeCsv(
  path: string,
  columns: readonly string[],
  rows: Iterable<object> | AsyncIterable<object>,
): Promise<void> {
  await replaceFile(path, [Readable.from(csvPieces(columns, rows))]);
}

/**
 * Does the same for a file whose first rows are in a draft beside `path` already: see {@link csvLineOf}.
 * @throws {Error} from the file system if the file cannot be written
 */
export async function completeCsv(
  path: string,
  draft: string,
  content: { readonly columns: readonly string[]; readonly rows: Iterable<object> },
): Promise<void> {
  const { columns, rows } = content;
  await completeDraft(path, draft, [Readable.from(csvPieces(columns, rows, ''))]);
}

/** Characters of a piece of a file. A row at a time through a stream takes longer than making it. */
const pieceLength = 65_536;

async function* csvPieces(
  columns: readonly string[],
  rows: Iterable<object> | AsyncIterable<object>,
  head = csvHeadOf(columns),
): AsyncGenerator<string, void, void> {
  let piece = head;
  // Waiting for each of many rows that are there takes longer than making its line.
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      piece += csvLineOf(columns, row);
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  } else {
    yield piece;
    for await (const row of rows) yield csvLineOf(columns, row);
  }
}

/** Returns the first line, with its line end. */
export function csvHeadOf(columns: readonly string[]): string {
  return quotedCsvLine(columns);
}

/** Returns the line of a row, with its line end. */
export function csvLineOf(columns: readonly string[], row: object): string {
  return quotedCsvLine(columns.map((column) => (row as Readonly<Record<string, unknown>>)[column]));
}

function quotedCsvLine(values: readonly unknown[]): string {
  let line = '';
  for (const value of values) line += `${line === '' ? '' : ','}${quotedCell(value)}`;
  return `${line}\n`;
}

function quotedCell(value: unknown): string {
  if (value === undefined || value === null) return '""';
  if (typeof value === 'string') return csvQuoted(spreadsheetText(value));
  return csvQuoted(JSON.stringify(value));
}
