import { OrgRefusal, refused } from '../../../orgRefusal.js';
import type { RowWriter, WrittenRow } from './rowWriter.js';
import { BadRow } from './uploadedRows.js';
import type { UploadedRow } from './uploadedRows.js';

export type RowOutcome = OrgRefusal | WrittenRow;

/** Writes the rows of one transaction separately: a refused row does not affect the others. */
export function writeJobRows(rows: readonly UploadedRow[], writer: RowWriter): RowOutcome[] {
  const repeated = repeatedKeys(rows, writer);
  return rows.map((row) => {
    try {
      if (row instanceof BadRow) throw refused('INVALID_CSV_ROW', row.message);
      const key = repeated.size === 0 ? undefined : writer.keyText(row);
      if (key !== undefined && repeated.has(key)) throw writer.repeatedKey(row);
      return writer.write(row);
    } catch (error) {
      if (error instanceof OrgRefusal) return error;
      throw error;
    }
  });
}

/** Returns the keys that occur in several rows of one transaction. */
function repeatedKeys(rows: readonly UploadedRow[], writer: RowWriter): ReadonlySet<string> {
  const repeated = new Set<string>();
  if (!writer.refusesRepeatedKeys) return repeated;
  const seen = new Set<string>();
  for (const row of rows) {
    const key = row instanceof BadRow ? undefined : writer.keyText(row);
    if (key === undefined) continue;
    if (seen.has(key)) repeated.add(key);
    seen.add(key);
  }
  return repeated;
}
