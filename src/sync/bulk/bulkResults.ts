import { CsvReader } from '../../base/csv/csv.js';

/** A row of a results file: what we read of it. */
export interface ResultRow {
  /** Id of the record. Empty if there is none. */
  readonly id: string;
  /** `CODE:text:fields --`. Empty in the file of successes. */
  readonly error: string;
  /** ExternalTransactionNumber. */
  readonly number: string;
}

/** Bytes that are parsed at a time. */
const stretch = 1 << 20;

/** Reads a results file. Its rows are in no order, so they are recognized by their numbers. */
export function* readResults(csv: string): Generator<ResultRow, void, void> {
  const bytes = Buffer.from(csv);
  const reader = new CsvReader();
  let header: readonly (string | null)[] | undefined;
  for (let at = 0; at <= bytes.length; at += stretch) {
    const isLast = at + stretch > bytes.length;
    const rows = [...reader.push(bytes.subarray(at, at + stretch)), ...(isLast ? reader.end() : [])];
    for (const { cells } of rows) {
      if (!header) {
        header = cells;
        continue;
      }
      const cellOf = (name: string): string => cells[header?.indexOf(name) ?? -1] ?? '';
      yield { id: cellOf('sf__Id'), error: cellOf('sf__Error'), number: cellOf('ExternalTransactionNumber') };
    }
  }
}

/** Splits `CODE:text:fields --`. */
export function rowError(error: string): { readonly errorCode: string; readonly message: string } {
  const [errorCode = 'UNKNOWN', ...text] = error.split(':');
  return { errorCode, message: (text.length > 1 ? text.slice(0, -1) : text).join(':') || error };
}
