import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

/**
 * Writes a CSV file with a header, row by row: memory does not grow with the rows. A value that is undefined or null
 * is an empty cell. The file replaces an older one; only its owner can read it, because rows name people; and it is
 * on disk when the promise resolves.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front; a number such as `-15.30` does not.
 *
 * @param columns names of the columns, which are the keys of the rows
 * @throws what the file system says, if the file cannot be written
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
