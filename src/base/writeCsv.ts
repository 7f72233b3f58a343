import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

/**
 * Writes a CSV file with a header, row by row, so memory does not grow with the number of rows. A value that is
 * undefined or null becomes an empty cell. An existing file is replaced. Only the owner can read the file, because rows
 * contain names of people. When the promise resolves, the file is on disk.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front. A number such as `-15.30` does not.
 *
 * @param columns names of the columns, which are the keys of the rows
 * @throws {Error} of the file system when the file cannot be written
 */
export async function writeCsv(
  path: string,
  columns: readonly string[],
  rows: Iterable<object> | AsyncIterable<object>,
): Promise<void> {
  const cells = stringify({ header: true, columns: [...columns], cast: { string: harmless, boolean: String } });
  await pipeline(Readable.from(rows), cells, createWriteStream(path, { mode: 0o600, flush: true }));
}

const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

function harmless(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
