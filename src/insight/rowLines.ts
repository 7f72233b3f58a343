import { csvHeadOf, csvLineOf } from '../base/csv/writeCsv.js';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The lines of a file of rows. CSV has the columns, in their order; NDJSON has all that a row has. */
export class RowLines {
  constructor(
    readonly format: ExportFormat,
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

/** Returns the format that the name of a file asks for. */
export function exportFormatOf(file: string): ExportFormat {
  return /\.(ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv';
}
