import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { replaceFile } from '../files/replaceFile.js';
import { spreadsheetText } from '../text/spreadsheetText.js';

/**
 * Writes a CSV file with a header, row by row: memory does not grow with the rows. A value that is undefined or null
 * is an empty cell. The file replaces an older one when it is complete and on disk; only its owner can read it, because
 * rows name people. A link in its place is replaced, and not followed.
 *
 * Every cell is quoted, and text that a spreadsheet would run is marked: see {@link spreadsheetText}.
 *
 * @param columns names of the columns, which are the keys of the rows
 * @throws {Error} of the file system when the file cannot be written
 */
export async function writeCsv(
  path: string,
  columns: readonly string[],
  rows: Iterable<object> | AsyncIterable<object>,
): Promise<void> {
  const cast = { string: spreadsheetText, boolean: String };
  const cells = stringify({ header: true, columns: [...columns], quoted: true, quoted_empty: true, cast });
  await replaceFile(path, [Readable.from(rows), cells]);
}
