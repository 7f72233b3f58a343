import { parse } from 'csv-parse';
import { readStream } from '../files/pipeReading.js';
import { plainText } from '../text/spreadsheetText.js';

/**
 * Yields the rows of a file written by `writeCsv`, with the original text by column name. Stops without an error if the
 * file does not exist, or at the first row that cannot be parsed because somebody has changed the file.
 */
export async function* readWrittenCsv(path: string): AsyncGenerator<Readonly<Record<string, string>>, void, void> {
  const bytes = readStream(path).on('error', (error) => rows.destroy(error));
  const rows = bytes.pipe(parse({ columns: true, bom: true, cast: plainText }));
  try {
    yield* rows as AsyncIterable<Record<string, string>>;
  } catch {
    // A result that cannot be read cannot be kept.
  } finally {
    bytes.destroy();
  }
}
