import { CsvReader } from '../../src/base/csv/csv.js';

/** Returns the rows of a generated file by column, read as the sync reads them. */
export function rowsOf(pieces: Iterable<string>): Record<string, string>[] {
  const reader = new CsvReader();
  const rows = [...pieces].flatMap((piece) => reader.push(Buffer.from(piece)));
  const [header, ...records] = [...rows, ...reader.end()].map(({ cells, issue }) => {
    if (issue) throw new Error(`A generated row ${issue.detail}.`);
    return cells;
  });
  return records.map((cells) => Object.fromEntries((header ?? []).map((name, index) => [name, cells[index] ?? ''])));
}
