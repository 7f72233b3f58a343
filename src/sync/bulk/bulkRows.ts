import { csvCell } from '../../base/csv/csvCell.js';
import type { WrittenRecord } from '../routes/recordWriter.js';

/** Bulk API 2.0 guide: rows of one internal batch. Batches of a job are written in parallel. */
export const internalBatch = 10_000;

export interface BulkFile {
  readonly rows: readonly WrittenRecord[];
  /** What does not fit. It goes into a later job. */
  readonly rest: readonly WrittenRecord[];
}

/**
 * Arranges rows so that those of a member are next to each other, in their order, and in one internal batch: members
 * with most rows first, the others where they fit. If nothing fits into what is left of a batch, the file ends there.
 * Rows of one locked member then disturb no other transaction of the job either.
 */
export function arrangeRows(records: readonly WrittenRecord[], most = Infinity): BulkFile {
  let waiting = [...Map.groupBy(records, ({ item }) => item.member.toLowerCase()).entries()]
    .sort(([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1))
    .map(([, rows]) => rows);
  const rows: WrittenRecord[] = [];
  for (let isFull = true; isFull && waiting.length > 0 && rows.length < most;) {
    let room = Math.min(internalBatch, most - rows.length);
    const later: WrittenRecord[][] = [];
    for (const group of waiting) {
      if (group.length > room) later.push(group);
      else {
        rows.push(...group);
        room -= group.length;
      }
    }
    isFull = room === 0;
    waiting = later;
  }
  return { rows, rest: waiting.flat() };
}

/** Returns rows as CSV for Bulk API 2.0, or as many of the first ones as fit. */
export function bulkCsv(rows: readonly WrittenRecord[], mostBytes: number): { csv: string; count: number } {
  const columns = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
  const lines = [columns.join(',')];
  let bytes = Buffer.byteLength(lines.join()) + 1;
  for (const { fields } of rows) {
    const line = columns.map((column) => cell(fields[column])).join(',');
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > mostBytes && lines.length > 1) break;
    lines.push(line);
  }
  return { csv: `${lines.join('\n')}\n`, count: lines.length - 1 };
}

/** The line ends of a job are line feeds, also within texts: an org was seen to refuse a whole job for one other. */
function cell(value: string | number | boolean | null | undefined): string {
  return csvCell(String(value ?? '').replace(/\r\n?/g, '\n'));
}
