import { readWrittenCsv } from '../base/csv/readCsv.js';
import type { LineReport } from '../outbox/index.js';

/**
 * Lines of a run as they are in `rejects.csv`, which may be written anew: the text of a row that has gone from the
 * outbox is taken from the file that it went to, in the same order. Memory does not grow with them.
 * @param earlier that file; where it is gone, or a row is no longer in it, nobody has the text any more
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
      // What was erased since is not brought back.
      yield exported ? { ...line, value, raw } : line;
    }
  } finally {
    await rows.return();
  }
}

function isOf(row: Readonly<Record<string, string>>, { kind, feed, line, code }: LineReport): boolean {
  return row['kind'] === kind && row['feed'] === feed && row['line'] === String(line) && row['code'] === code;
}
