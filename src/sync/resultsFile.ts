import { join } from 'node:path';
import { Readable } from 'node:stream';
import { writeCsv } from '../base/csv/writeCsv.js';
import { replaceFile } from '../base/files/replaceFile.js';

/** How results files are written: for a spreadsheet, or one JSON object in each line, for programs. */
export const resultsFormats = ['csv', 'jsonl'] as const;
export type ResultsFormat = (typeof resultsFormats)[number];

/** A results file. Its ending is the format. */
export interface ResultsFile {
  readonly folder: string;
  /** Without ending. */
  readonly name: string;
  readonly columns: readonly string[];
}

export function resultsPath({ folder, name }: Pick<ResultsFile, 'folder' | 'name'>, format: ResultsFormat): string {
  return join(folder, `${name}.${format}`);
}

/**
 * Writes a results file row by row, so that memory does not grow with it. It is private, and replaces an older one only
 * when it is complete.
 * @throws {Error} from the file system
 */
export async function writeResultsFile(
  file: ResultsFile,
  format: ResultsFormat,
  rows: Iterable<object> | AsyncIterable<object>,
): Promise<void> {
  const path = resultsPath(file, format);
  if (format === 'csv') return writeCsv(path, file.columns, rows);
  await replaceFile(path, [Readable.from(jsonLines(rows, file.columns))]);
}

/** Values that a row does not have are left out. */
async function* jsonLines(
  rows: Iterable<object> | AsyncIterable<object>,
  columns: readonly string[],
): AsyncGenerator<string, void, void> {
  for await (const row of rows) {
    const values = row as Readonly<Record<string, unknown>>;
    const given = columns.flatMap((name) => {
      const value = values[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    });
    yield `${JSON.stringify(Object.fromEntries(given))}\n`;
  }
}
