import { open, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | boolean | null | undefined;

export interface CsvWriterOptions {
  /** Goes on behind the rows of an existing file, whose header is taken to be the same. Replaces it unless told. */
  readonly append?: boolean | undefined;
}

/**
 * Writes rows to a CSV file as they come. The file is for its owner only, since rows name people.
 * Text that a spreadsheet would run as a formula gets an apostrophe in front; plain numbers do not.
 */
export class CsvWriter implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #width: number;

  private constructor(file: FileHandle, width: number) {
    this.#file = file;
    this.#width = width;
  }

  /** @throws what the file system says, if the file cannot be written */
  static async open(path: string, columns: readonly string[], options: CsvWriterOptions = {}): Promise<CsvWriter> {
    const file = await open(path, options.append ? 'a' : 'w', 0o600);
    try {
      const writer = new CsvWriter(file, columns.length);
      const { size } = await file.stat();
      if (size === 0) await writer.write([columns]);
      return writer;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @throws RangeError if a row has another number of cells than there are columns */
  async write(rows: readonly (readonly CsvValue[])[]): Promise<void> {
    const wrong = rows.find((row) => row.length !== this.#width);
    if (wrong !== undefined) throw new RangeError(`A row has ${wrong.length} cells where ${this.#width} are expected.`);
    if (rows.length > 0) await this.#file.appendFile(stringify(rows.map((row) => row.map(cell))));
  }

  /** The rows are on disk when it resolves. */
  async close(): Promise<void> {
    try {
      await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

function cell(value: CsvValue): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
