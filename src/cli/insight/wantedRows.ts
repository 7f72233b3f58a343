import type { NearFile, NearMemory, NearReward } from '../../insight/index.js';
import type { ExportProgressResult } from '../results/nearResults.js';

type Counts = ExportProgressResult['counts'];

interface Wanted {
  /** Who was near before. It is told who is near now. */
  readonly memory: NearMemory | undefined;
  readonly onlyConsenting: boolean;
  readonly counts: Counts;
}

/** Yields the rows that go to the file, and counts them and the others. */
export async function* wantedRows(
  rows: AsyncIterable<NearReward>,
  { memory, onlyConsenting, counts }: Wanted,
): AsyncGenerator<NearReward> {
  for await (const row of rows) {
    counts.near += 1;
    if (onlyConsenting && !row.contact?.canReceivePromotions) {
      counts.unwilling += 1;
      continue;
    }
    memory?.remember(row);
    if (memory?.has(row)) counts.earlier += 1;
    else {
      counts.written += 1;
      yield row;
    }
  }
}

/** Yields the lines of a file. */
export async function* nearLines(file: NearFile, rows: AsyncIterable<NearReward>): AsyncGenerator<string> {
  yield file.header;
  for await (const row of rows) yield file.line(row);
}
