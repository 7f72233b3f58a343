import { nearest } from '../../base/text/nearest.js';
import { FeedError } from '../feedError.js';
import { noHeader, readMemberFile } from './memberFile.js';
import type { MemberFileRow } from './memberFile.js';

/** A file whose rows have values for named columns. */
export interface NamedRows {
  readonly path: string;
  /** The columns that it may have. */
  readonly columns: readonly string[];
  /** Those that every row fills. */
  readonly required: readonly string[];
  /** Beginnings of further names, such as `account.`: they are fields of a record. */
  readonly prefixes?: readonly string[];
  /** Character between the cells of a CSV row. Default: comma. */
  readonly delimiter?: string | undefined;
}

/** Texts by column, or why the line cannot be used, as a sentence. */
export type NamedRow = { readonly line: number } & (
  { readonly values: Readonly<Record<string, string>> } | { readonly problem: string }
);

/**
 * Yields the rows of a file (CSV, NDJSON, or `-` for CSV from standard input), line by line. Names of columns are taken
 * in any case; empty cells have no value.
 *
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* readNamedRows(file: NamedRows): AsyncGenerator<NamedRow, void, void> {
  const { path, delimiter, columns } = file;
  const onHeader = (names: readonly string[]): void => checkHeader(names, file);
  for await (const rows of readMemberFile(path, { delimiter, columns, onHeader })) {
    for (const row of rows) {
      const { line } = row;
      if ('problem' in row) yield { line, problem: `The line ${row.problem}.` };
      else yield { line, ...valuesOf(row, file) };
    }
  }
}

function checkHeader(names: readonly string[], file: NamedRows): void {
  const { path, columns, required } = file;
  const found = names.map((name) => {
    const column = columnNamed(name, file);
    if (column !== undefined) return column;
    const near = nearest(name, columns);
    const hint = near === undefined ? '.' : `. Do you mean ${near}?`;
    throw new FeedError('unknown-column', `${path}, line 1: there is no column "${name}"${hint}`, [
      `Use these columns: ${columns.join(', ')}.`,
    ]);
  });
  const twice = found.find((column, index) => found.indexOf(column) !== index);
  if (twice !== undefined) throw noHeader(`${path}, line 1 has the column ${twice} twice`, columns);
  const missing = required.find((column) => !found.includes(column));
  if (missing !== undefined) throw noHeader(`${path}, line 1 does not have the column ${missing}`, columns);
}

function valuesOf(
  { values }: MemberFileRow,
  file: NamedRows,
): { values: Record<string, string> } | { problem: string } {
  const found: Record<string, string> = {};
  for (const [name, text] of values) {
    const column = columnNamed(name, file);
    if (column === undefined) return { problem: `The line has "${name}", which is not a column of this file.` };
    if (found[column] !== undefined) return { problem: `The line has ${column} twice.` };
    found[column] = text;
  }
  const missing = file.required.find((column) => found[column] === undefined);
  return missing === undefined ? { values: found } : { problem: `The line has no ${missing}.` };
}

function columnNamed(given: string, { columns, prefixes = [] }: NamedRows): string | undefined {
  const name = given.trim();
  const lower = name.toLowerCase();
  const prefix = prefixes.find((each) => lower.startsWith(each) && lower.length > each.length);
  if (prefix !== undefined) return `${prefix}${name.slice(prefix.length)}`;
  return columns.find((column) => column.toLowerCase() === lower);
}
