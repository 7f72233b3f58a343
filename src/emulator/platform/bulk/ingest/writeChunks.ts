import type { UploadedRows } from './uploadedRows.js';

/** A transaction has 200 rows. An internal batch has 50 transactions, which is 10,000 rows. */
const chunkRows = 200;
export const batchChunks = 50;

/** Rows that are written in one transaction, given by their byte positions in the upload. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/**
 * Divides an upload into internal batches of chunks.
 *
 * @throws {JobFailure} when a line has another line ending than the job
 */
export function* batchesOf(rows: UploadedRows, headerEnd: number): Generator<Chunk[]> {
  let batch: Chunk[] = [];
  for (let from = headerEnd; from < rows.end;) {
    const { to, count } = chunkAt(rows, from);
    if (count > 0) batch.push({ from, to });
    from = to;
    if (batch.length < batchChunks && from < rows.end) continue;
    if (batch.length > 0) yield batch;
    batch = [];
  }
}

function chunkAt(rows: UploadedRows, from: number): { to: number; count: number } {
  let to = from;
  let count = 0;
  while (count < chunkRows && to < rows.end) {
    const next = rows.next(to);
    if (!rows.isBlank(to, next)) count += 1;
    to = next;
  }
  return { to, count };
}
