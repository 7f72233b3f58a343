import { csvCell, csvQuoted } from '../../../../base/csv/csvCell.js';
import type { Column } from '../ingest/uploadColumns.js';
import type { CsvFormat } from './csvFormat.js';
import { doubleCell } from './doubleText.js';

/** One result file of a job, to which rows are added. Its rows are not in the order of the upload. */
export class ResultFile {
  readonly #parts: Buffer[] = [];
  readonly #header: string;

  readonly #format: CsvFormat;

  /** @param own columns before those of the upload: `sf__Id`, `sf__Created` */
  constructor(own: readonly string[], columns: readonly Pick<Column, 'header'>[], format: CsvFormat) {
    this.#format = format;

    // Column names of the upload are written without quotes, as in the guide's samples.
    const names = [...own.map(csvQuoted), ...columns.map(({ header }) => csvCell(header, format.delimiter))];
    this.#header = names.join(format.delimiter) + format.endOfLine;
  }

  add(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { endOfLine } = this.#format;
    this.#parts.push(Buffer.from(lines.toReversed().join(endOfLine) + endOfLine));
  }

  toBuffer(): Buffer {
    return Buffer.concat([Buffer.from(this.#header), ...this.#parts.toReversed()]);
  }
}

/** Formats the cells of a row for a result file: quoted, and with doubles in the platform's form. */
export function echo(cells: readonly string[], columns: readonly Column[], delimiter: string): string {
  let line = '';
  let index = 0;
  for (const { isDouble } of columns) {
    const cell = cells[index++] ?? '';
    line += delimiter + csvQuoted(isDouble ? doubleCell(cell) : cell);
  }
  return line;
}
