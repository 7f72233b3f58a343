import { readWrittenCsv } from '../base/csv/readCsv.js';
import type { LineReport } from '../outbox/index.js';

/**
 * Yields the lines of a run for a new `rejects.csv`. If the outbox has already dropped the text of a row, it is taken
 * from the existing file, which has the same order. Memory does not grow with the number of lines.
 * @param earlier the existing file. If it is gone, or does not have the row, the text is lost.
 */
export async function* withTexts(lines: Iterable<LineReport>, earlier: string): AsyncGenerator<LineReport, void, void> {
  const rows = readWrittenCsv(earlier);
  let row = await rows.next();
  try {
    for (const { exported, ...line } of lines) {
      if (row.done || !isOf(row.value, line)) {
        yield line;
        continue;
      }
      const { value, raw } = row.value;
      row = await rows.next();
      // Does not bring back what was erased since.
      yield exported ? { ...line, value, raw } : line;
    }
  } finally {
    await rows.return();
  }
}

function isOf(row: Readonly<Record<string, string>>, { kind, feed, line, code }: LineReport): boolean {
  return row['kind'] === kind && row['feed'] === feed && row['line'] === String(line) && row['code'] === code;
}
