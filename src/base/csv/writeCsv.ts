import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { replaceFile } from '../files/replaceFile.js';
import { spreadsheetText } from '../text/spreadsheetText.js';

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
  const cast = { string: spreadsheetText, boolean: String };
  const cells = stringify({ header: true, columns: [...columns], quoted: true, quoted_empty: true, cast });
  await replaceFile(path, [Readable.from(rows), cells]);
}
