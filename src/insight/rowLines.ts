import { csvHeadOf, csvLineOf } from '../base/csv/writeCsv.js';

export const rowFormats = ['csv', 'ndjson'] as const;
export type RowFormat = (typeof rowFormats)[number];

/** The lines of a file of rows. CSV has the columns, in their order; NDJSON has all that a row has. */
export class RowLines {
  constructor(
    readonly format: RowFormat,
    readonly columns: readonly string[],
  ) {}

  /** The first line of CSV. NDJSON has none. */
  get header(): string {
    return this.format === 'csv' ? csvHeadOf(this.columns) : '';
  }

  line(row: object): string {
    return this.format === 'csv' ? csvLineOf(this.columns, row) : `${JSON.stringify(row)}\n`;
  }
}
