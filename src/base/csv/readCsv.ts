import { parse } from 'csv-parse';
import { readStream } from '../files/pipeReading.js';
import { plainText } from '../text/spreadsheetText.js';

/**
 * Rows of a file that `writeCsv` has written, one by one, by the names of their columns, with their text as it was. A
 * file that is gone, or that somebody has changed into something else, has no rows from there on.
 */
export async function* readWrittenCsv(path: string): AsyncGenerator<Readonly<Record<string, string>>, void, void> {
  const bytes = readStream(path).on('error', (error) => rows.destroy(error));
  const rows = bytes.pipe(parse({ columns: true, bom: true, cast: plainText }));
  try {
    yield* rows as AsyncIterable<Record<string, string>>;
  } catch {
    // What cannot be read cannot be kept.
  } finally {
    bytes.destroy();
  }
}
